package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.YamlNode.Entry;
import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition.Fallback;
import io.meridian.edge.core.bundle.definition.RegionDefinition;
import io.meridian.edge.core.bundle.definition.RuleDefinition;
import io.meridian.edge.core.residency.Misrouted;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A market's own files and {@code regions/<region>.yaml}. */
final class MarketReader {
    private static final Map<String, Misrouted> MISROUTED = Words.lowerCase(Misrouted.class);

    private final Problems problems;

    MarketReader(Problems problems) {
        this.problems = problems;
    }

    /** {@code market.yaml} without what stands in the market's other files. */
    record Head(
            Located<String> id,
            List<Located<String>> countries,
            List<Located<String>> languages,
            ZoneId timeZone,
            String currency) {}

    /** {@code rules.yaml}. */
    record Rules(List<RuleDefinition> rules, List<Fallback> fallbacks) {
        static final Rules NONE = new Rules(List.of(), List.of());
    }

    @Nullable
    Head head(Fields file) {
        Located<String> id = file.requiredWord("id", Format.ID);
        file.text("name", "");
        file.text("description", "");
        List<Located<String>> countries = Places.countries(file, "countries", problems);
        List<Located<String>> languages = file.requiredWords("languages", Format.LANGUAGE);
        file.nonEmpty("languages", "a market needs a language, such as [de, en]");
        file.require("timeZone", Words.ZONE_ADVICE);
        Located<ZoneId> timeZone = file.parsed("timeZone", Words::zone, Words.ZONE_ADVICE);
        Located<String> currency = file.requiredWord("currency", Format.CURRENCY);
        file.end();
        return id == null
                ? null
                : new Head(
                        id,
                        countries,
                        languages,
                        timeZone == null ? ZoneOffset.UTC : timeZone.value(),
                        currency == null ? "XXX" : currency.value());
    }

    Rules rules(Fields file) {
        List<RuleDefinition> rules = new ArrayList<>();
        for (Fields fields : file.children("rules")) {
            Located<String> offer = fields.requiredWord("offer", Format.ID);
            ConditionText when = fields.condition("when");
            Located<Double> lever = fields.number("lever", 0.01, 100);
            Located<Double> value = fields.number("value", 1e-6, 1e9);
            boolean disabled = fields.flag("disabled", false);
            fields.end();
            if (offer != null) {
                rules.add(new RuleDefinition(offer, when, lever, value == null ? null : value.value(), disabled));
            }
        }
        List<Fallback> fallbacks = new ArrayList<>();
        Fields fallbackFields = file.child("fallbacks");
        if (fallbackFields != null) {
            for (Entry entry : fallbackFields.entries()) {
                Located<String> offer = fallbackFields.word(entry.key(), Format.ID);
                if (offer != null) {
                    fallbacks.add(new Fallback(new Located<>(entry.key(), entry.where()), offer));
                }
            }
        }
        file.end();
        return new Rules(rules, fallbacks);
    }

    @Nullable
    RegionDefinition region(Fields file) {
        Located<String> id = file.requiredWord("id", Format.ID);
        file.text("description", "");
        List<Located<String>> countries = Places.countries(file, "countries", problems);
        List<Located<String>> markets = file.requiredWords("markets", Format.ID);
        Located<String> defaultMarket = file.requiredWord("defaultMarket", Format.ID);
        Located<String> jurisdiction = file.requiredWord("jurisdiction", Format.ID);
        Misrouted misrouted = file.choice("misrouted", MISROUTED);
        List<RegionDefinition.Model> models = new ArrayList<>();
        Fields modelFields = file.child("models");
        if (modelFields != null) {
            for (Entry entry : modelFields.entries()) {
                models(modelFields, entry, models);
            }
        }
        file.end();
        return id == null
                ? null
                : new RegionDefinition(
                        id,
                        countries,
                        markets,
                        defaultMarket,
                        jurisdiction,
                        misrouted == null ? Misrouted.REDIRECT : misrouted,
                        models);
    }

    private void models(Fields fields, Entry entry, List<RegionDefinition.Model> models) {
        if (!Format.ID.matches(entry.key())) {
            problems.add(
                    entry.where(),
                    "bad-format",
                    "'" + entry.key() + "' cannot be a model's name",
                    "write " + Format.ID.advice());
            return;
        }
        Located<String> version = fields.word(entry.key(), Format.VERSION);
        models.add(new RegionDefinition.Model(new Located<>(entry.key(), entry.where()), version));
    }
}
