package io.meridian.edge.core.bundle.definition;

import java.util.List;

/**
 * What the whole configuration and each market may both define. A market's view is the global layer with its own on top: offers and
 * suppressions add up, content of the market's own wins.
 */
public record LayerDefinition(
        List<OfferDefinition> offers, List<SuppressionDefinition> suppressions, List<ContentDefinition> content) {
    /** Nothing. */
    public static final LayerDefinition EMPTY = new LayerDefinition(List.of(), List.of(), List.of());
}
