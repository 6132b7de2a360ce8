package io.meridian.edge.core.bundle.definition;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a market or a region changes in what the layers below it say.
 *
 * @param rules changes of offers, at most one per offer
 * @param fallbacks other last choices of placements
 * @param sizes other numbers of items
 * @param caps other limits and windows; in a market also caps of its own
 * @param excludedCategories whose offers do not run
 */
public record ChangesDefinition(
        List<RuleDefinition> rules,
        List<Fallback> fallbacks,
        List<Size> sizes,
        List<CapDefinition> caps,
        List<Exclusion> excludedCategories) {
    /** Nothing. */
    public static final ChangesDefinition NONE =
            new ChangesDefinition(List.of(), List.of(), List.of(), List.of(), List.of());

    /** Another last choice. */
    public record Fallback(Located<String> placement, Located<String> offer) {}

    /** @param maxItems 1 to {@link io.meridian.edge.core.model.PlacementRequest#MAX_COUNT} */
    public record Size(Located<String> placement, Located<Integer> maxItems) {}

    /**
     * A category that stays out.
     *
     * @param from the first day, in the market's time zone; null if always
     * @param to the last day, included; null if for ever
     */
    public record Exclusion(
            Located<String> category,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}
}
