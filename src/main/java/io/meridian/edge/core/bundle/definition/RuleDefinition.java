package io.meridian.edge.core.bundle.definition;

import org.jspecify.annotations.Nullable;

/**
 * What a market changes in one offer.
 *
 * @param when must be true as well; null if nothing more must
 * @param lever multiplies the offer's; null if not said
 * @param value replaces the offer's; null if not said
 * @param disabled true takes the offer out of the market
 */
public record RuleDefinition(
        Located<String> offer,
        @Nullable ConditionText when,
        @Nullable Located<Double> lever,
        @Nullable Double value,
        boolean disabled) {}
