package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.YamlNode.Entry;
import io.meridian.edge.core.bundle.definition.CalendarDefinition;
import io.meridian.edge.core.bundle.definition.ChangesDefinition;
import io.meridian.edge.core.bundle.definition.ChangesDefinition.Exclusion;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition.LanguageFallback;
import io.meridian.edge.core.bundle.definition.RegionDefinition;
import io.meridian.edge.core.model.LanguageTags;
import io.meridian.edge.core.release.Scopes;
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
            List<LanguageFallback> languageFallbacks,
            ZoneId timeZone,
            Located<String> currency,
            CalendarDefinition calendar,
            List<Exclusion> excludedCategories) {}

    @Nullable
    Head head(Fields file) {
        Located<String> id = file.requiredWord("id", Format.ID);
        if (id != null && Scopes.isReserved(id.value())) {
            problems.add(
                    id.where(),
                    "reserved",
                    "a market cannot be called '" + id.value() + "': in roles the word means what belongs to no market",
                    "give the market another id, and its folder the same name");
        }
        file.text("name", "");
        file.text("description", "");
        List<Located<String>> countries = Places.countries(file, "countries", problems);
        file.require("languages", "a list of " + Format.LANGUAGE.advice());
        List<Located<String>> languages = languages(file, "languages");
        file.nonEmpty("languages", "a market needs a language, such as [de, en]");
        List<LanguageFallback> fallbacks = languageFallbacks(file.child("languageFallbacks"));
        file.require("timeZone", Words.ZONE_ADVICE);
        Located<ZoneId> timeZone = file.parsed("timeZone", Words::zone, Words.ZONE_ADVICE);
        Located<String> currency = file.requiredWord("currency", Format.CURRENCY);
        CalendarDefinition calendar = new CalendarReader(problems).read(file);
        List<Exclusion> excluded = new ChangesReader(problems).excludedCategories(file);
        file.end();
        return id == null
                ? null
                : new Head(
                        id,
                        countries,
                        languages,
                        fallbacks,
                        timeZone == null ? ZoneOffset.UTC : timeZone.value(),
                        currency == null ? new Located<>("XXX", file.where("currency")) : currency,
                        calendar,
                        excluded);
    }

    private List<LanguageFallback> languageFallbacks(@Nullable Fields fields) {
        List<LanguageFallback> fallbacks = new ArrayList<>();
        if (fields != null) {
            for (Entry entry : fields.entries()) {
                List<Located<String>> tried = languages(fields, entry.key());
                if (Format.LANGUAGE.matches(entry.key())) {
                    fallbacks.add(new LanguageFallback(
                            new Located<>(LanguageTags.canonical(entry.key()), entry.where()), tried));
                } else {
                    problems.add(
                            entry.where(),
                            "bad-format",
                            "'" + entry.key() + "' cannot be a language",
                            "write " + Format.LANGUAGE.advice());
                }
            }
        }
        return fallbacks;
    }

    private static List<Located<String>> languages(Fields fields, String key) {
        return fields.words(key, Format.LANGUAGE).stream()
                .map(tag -> new Located<>(LanguageTags.canonical(tag.value()), tag.where()))
                .toList();
    }

    /** {@code rules.yaml} and {@code caps.yaml}, either may be missing, and what {@code market.yaml} excludes. */
    ChangesDefinition changes(@Nullable Fields rules, @Nullable Fields caps, @Nullable Head head) {
        ChangesReader changes = new ChangesReader(problems);
        ChangesDefinition read = new ChangesDefinition(
                rules == null ? List.of() : changes.rules(rules),
                rules == null ? List.of() : changes.fallbacks(rules),
                rules == null ? List.of() : changes.sizes(rules),
                caps == null ? List.of() : changes.caps(caps),
                head == null ? List.of() : head.excludedCategories);
        if (rules != null) {
            rules.end();
        }
        if (caps != null) {
            caps.require("caps", "a list of caps");
            caps.end();
        }
        return read;
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
        ChangesReader changed = new ChangesReader(problems);
        ChangesDefinition changes = new ChangesDefinition(
                changed.rules(file),
                changed.fallbacks(file),
                changed.sizes(file),
                changed.caps(file),
                changed.excludedCategories(file));
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
                        models,
                        changes);
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
