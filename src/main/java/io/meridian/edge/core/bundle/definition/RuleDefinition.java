package io.meridian.edge.core.bundle.definition;

import org.jspecify.annotations.Nullable;

/**
 * What a layer changes in one offer. What is null is left as it is.
 *
 * @param when must be true as well
 * @param lever multiplies the offer's own
 * @param value replaces the offer's
 * @param priority replaces the offer's, 0 to {@link OfferDefinition#MAX_PRIORITY}
 * @param disabled true takes the offer out, false brings it back
 */
public record RuleDefinition(
        Located<String> offer,
        @Nullable ConditionText when,
        @Nullable Located<Double> lever,
        @Nullable Located<Money> value,
        @Nullable Located<Integer> priority,
        @Nullable Located<Boolean> disabled) {}
