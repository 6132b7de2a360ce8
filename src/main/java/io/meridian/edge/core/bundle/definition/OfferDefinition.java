package io.meridian.edge.core.bundle.definition;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An offer.
 *
 * @param category null if it could not be read
 * @param tags for suppressions to name
 * @param placements where it may run
 * @param markets where it may run; null for every market the layer is of
 * @param when must be true; null if nothing must
 * @param value expected contribution if accepted, above 0; null if it could not be read
 * @param lever 0.1 to 10; null if not said
 * @param priority offers of a higher one go first whatever the scores, 0 to {@value #MAX_PRIORITY}; null if not said
 * @param disabled true if it runs only where a layer above brings it in; null if not said
 * @param prior propensity when no model can answer, 0 to 1
 * @param segmentPriors the same for members of a segment
 * @param factors context factors; all that are true multiply
 * @param from when it starts; null if always
 * @param until when it ends, exclusive; null if never
 * @param variants ways to show it, at least one
 */
public record OfferDefinition(
        Located<String> id,
        @Nullable Located<String> category,
        List<Located<String>> tags,
        List<Located<String>> placements,
        @Nullable List<Located<String>> markets,
        @Nullable ConditionText when,
        @Nullable Located<Money> value,
        @Nullable Located<Double> lever,
        @Nullable Located<Integer> priority,
        @Nullable Located<Boolean> disabled,
        Located<Double> prior,
        List<SegmentPrior> segmentPriors,
        List<Factor> factors,
        @Nullable Located<Instant> from,
        @Nullable Located<Instant> until,
        List<Located<String>> caps,
        List<Variant> variants) {
    /** The highest priority. */
    public static final int MAX_PRIORITY = 1_000;

    /** @param prior 0 to 1 */
    public record SegmentPrior(Located<String> segment, double prior) {}

    /**
     * @param when looks at the context only; null if it could not be read
     * @param factor 0.1 to 10
     */
    public record Factor(@Nullable ConditionText when, Located<Double> factor) {}

    /**
     * @param weight share in the draw among the variants without a condition; null if not said
     * @param when chosen by rule if true; null if drawn
     */
    public record Variant(
            Located<String> id,
            @Nullable Integer weight,
            @Nullable ConditionText when) {}
}
