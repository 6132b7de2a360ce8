package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.ChangesDefinition.Exclusion;
import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.RuleDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An offer as a market has it, each value with its origin.
 *
 * @param enabled false if a layer took it out
 * @param lever the offer's own times the factor of the strongest layer that gives one
 * @param value in the base currency
 * @param priority offers of a higher one go first
 * @param conditions every layer's, weakest first: all must be true
 * @param exclusions when its category stays out, whatever {@code enabled} says; of all layers
 */
record OfferInMarket(
        OfferDefinition offer,
        Layered<Boolean> enabled,
        Layered<Double> lever,
        Layered<Double> value,
        Layered<Integer> priority,
        List<ConditionText> conditions,
        List<Exclusion> exclusions) {
    private static final double DEFAULT_LEVER = 1;

    /** Lays the layers over the offer, weakest first. */
    static OfferInMarket of(OfferDefinition offer, List<Overrides> layers, Exchange exchange) {
        String id = offer.id().value();
        Layered<Boolean> enabled = Layered.host(true).under(enabled(offer.disabled()));
        Layered<Double> own = Layered.host(DEFAULT_LEVER).under(offer.lever());
        Layered<Double> lever = own;
        Located<Double> base = exchange.toBase(offer.value());
        Layered<Double> value = base == null ? Layered.host(1.0) : Layered.written(base.value(), base.where());
        Layered<Integer> priority = Layered.host(0).under(offer.priority());
        List<ConditionText> conditions = new ArrayList<>();
        if (offer.when() != null) {
            conditions.add(offer.when());
        }
        List<Exclusion> exclusions = new ArrayList<>();
        for (Overrides layer : layers) {
            RuleDefinition rule = layer.rule(id);
            if (rule != null) {
                enabled = enabled.under(enabled(rule.disabled()));
                if (rule.lever() != null) {
                    lever = lever.under(
                            own.value() * rule.lever().value(), rule.lever().where());
                }
                value = value.under(exchange.toBase(rule.value()));
                priority = priority.under(rule.priority());
                if (rule.when() != null) {
                    conditions.add(rule.when());
                }
            }
            for (Exclusion exclusion : layer.exclusions()) {
                if (offer.category() != null
                        && offer.category().value().equals(exclusion.category().value())) {
                    exclusions.add(exclusion);
                }
            }
        }
        return new OfferInMarket(
                offer, enabled, lever, value, priority, List.copyOf(conditions), List.copyOf(exclusions));
    }

    String id() {
        return offer.id().value();
    }

    /** {@link #enabled}, with a category that is excluded for good over it: no layer brings that back. */
    Layered<Boolean> runs() {
        Layered<Boolean> runs = enabled;
        for (Exclusion exclusion : exclusions) {
            if (exclusion.from() == null && exclusion.to() == null) {
                runs = runs.under(false, exclusion.category().where());
            }
        }
        return runs;
    }

    private static @Nullable Located<Boolean> enabled(@Nullable Located<Boolean> disabled) {
        return disabled == null ? null : new Located<>(!disabled.value(), disabled.where());
    }
}
