package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.CurrenciesDefinition;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.Money;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns amounts into the currency values are compared in. */
final class Exchange {
    private final String base;
    private final Map<String, Double> perBase = new HashMap<>();

    Exchange(@Nullable CurrenciesDefinition currencies) {
        this.base = currencies == null ? "" : currencies.base().value();
        if (currencies != null) {
            currencies.rates().forEach(rate -> perBase.put(rate.currency().value(), rate.perBase()));
            perBase.put(base, 1.0);
        }
    }

    /** ISO 4217; empty if nothing says what plain numbers are in. */
    String base() {
        return base;
    }

    /** Every currency there is a rate of. */
    Map<String, Double> rates() {
        return perBase;
    }

    /** In the base currency; an amount of a currency without a rate stays as it is, for that was reported. */
    double toBase(Money money) {
        Located<String> currency = money.currency();
        Double rate = currency == null ? null : perBase.get(currency.value());
        return rate == null ? money.amount() : money.amount() / rate;
    }

    /** Likewise, with its place; null stays null. */
    @Nullable
    Located<Double> toBase(@Nullable Located<Money> money) {
        return money == null ? null : new Located<>(toBase(money.value()), money.where());
    }
}
