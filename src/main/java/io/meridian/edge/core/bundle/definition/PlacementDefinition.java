package io.meridian.edge.core.bundle.definition;

import io.meridian.edge.core.arbitration.RankingPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place to fill.
 *
 * @param advertising true if it shows advertising rather than our own content
 * @param channels where it exists
 * @param maxItems the most items it gives
 * @param model the candidate model it ranks by; null if none
 * @param caps caps on the placement as a whole
 * @param fallback the offer given when nothing is eligible; null if it could not be read
 * @param staticContent the last resort, a JSON object in UTF-8
 */
public record PlacementDefinition(
        Located<String> id,
        boolean advertising,
        List<String> channels,
        Located<Integer> maxItems,
        RankingPolicy ranking,
        @Nullable Located<String> model,
        List<Located<String>> caps,
        @Nullable Located<String> fallback,
        byte[] staticContent) {}
