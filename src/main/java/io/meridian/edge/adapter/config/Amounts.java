package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.YamlNode.Mapping;
import io.meridian.edge.core.bundle.definition.CurrenciesDefinition;
import io.meridian.edge.core.bundle.definition.CurrenciesDefinition.Rate;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.Money;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Amounts of money, and {@code global/currencies.yaml}. */
final class Amounts {
    private static final double MAX = 1e9;
    private static final double MIN = 1e-6;

    private Amounts() {}

    /** A number, or an amount in a currency; null if there is none or, with a problem, if it cannot be read. */
    static @Nullable Located<Money> read(Fields fields, String key, Problems problems) {
        YamlNode node = fields.node(key);
        if (!(node instanceof Mapping mapping)) {
            Located<Double> plain = node == null ? null : fields.number(key, node, MIN, MAX);
            return plain == null ? null : new Located<>(new Money(plain.value(), null), plain.where());
        }
        Fields written = new Fields(mapping, problems);
        written.require("amount", "a number above 0");
        Located<Double> amount = written.number("amount", MIN, MAX);
        Located<String> currency = written.requiredWord("currency", Format.CURRENCY);
        written.end();
        return amount == null || currency == null
                ? null
                : new Located<>(new Money(amount.value(), currency), mapping.where());
    }

    /** Null if the base cannot be read. */
    static @Nullable CurrenciesDefinition currencies(Fields file, Problems problems) {
        Located<String> base = file.requiredWord("base", Format.CURRENCY);
        List<Rate> rates = new ArrayList<>();
        Fields fields = file.child("rates");
        if (fields != null) {
            for (YamlNode.Entry entry : fields.entries()) {
                Where where = entry.where();
                if (!Format.CURRENCY.matches(entry.key())) {
                    problems.add(
                            where,
                            "bad-format",
                            "'" + entry.key() + "' cannot be a currency",
                            "write " + Format.CURRENCY.advice());
                    continue;
                }
                Located<Double> rate = fields.number(entry.key(), entry.value(), MIN, MAX);
                if (rate != null) {
                    rates.add(new Rate(new Located<>(entry.key(), where), rate.value()));
                }
            }
        }
        file.end();
        return base == null ? null : new CurrenciesDefinition(base, rates);
    }
}
