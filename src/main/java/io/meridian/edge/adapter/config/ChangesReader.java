package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.YamlNode.Entry;
import io.meridian.edge.adapter.config.YamlNode.Mapping;
import io.meridian.edge.core.bundle.definition.CapDefinition;
import io.meridian.edge.core.bundle.definition.ChangesDefinition.Exclusion;
import io.meridian.edge.core.bundle.definition.ChangesDefinition.Fallback;
import io.meridian.edge.core.bundle.definition.ChangesDefinition.Size;
import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.Money;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.RuleDefinition;
import io.meridian.edge.core.model.PlacementRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What a market ({@code rules.yaml}, {@code caps.yaml}, {@code market.yaml}) or a region changes. */
final class ChangesReader {
    private final Problems problems;

    ChangesReader(Problems problems) {
        this.problems = problems;
    }

    List<RuleDefinition> rules(Fields file) {
        List<RuleDefinition> rules = new ArrayList<>();
        for (Fields fields : file.children("rules")) {
            Located<String> offer = fields.requiredWord("offer", Format.ID);
            ConditionText when = fields.condition("when");
            Located<Double> lever = fields.number("lever", 0.01, 100);
            Located<Money> value = Amounts.read(fields, "value", problems);
            Located<Integer> priority = fields.whole("priority", 0, OfferDefinition.MAX_PRIORITY);
            Located<Boolean> disabled = fields.flag("disabled");
            fields.end();
            if (offer != null) {
                rules.add(new RuleDefinition(offer, when, lever, value, priority, disabled));
            }
        }
        return rules;
    }

    List<Fallback> fallbacks(Fields file) {
        List<Fallback> fallbacks = new ArrayList<>();
        Fields fields = file.child("fallbacks");
        if (fields != null) {
            for (Entry entry : fields.entries()) {
                Located<String> offer = fields.word(entry.key(), Format.ID);
                if (offer != null) {
                    fallbacks.add(new Fallback(new Located<>(entry.key(), entry.where()), offer));
                }
            }
        }
        return fallbacks;
    }

    List<Size> sizes(Fields file) {
        List<Size> sizes = new ArrayList<>();
        Fields placements = file.child("placements");
        if (placements != null) {
            for (Entry entry : placements.entries()) {
                Fields fields = Fields.of(entry.value(), problems);
                if (fields != null) {
                    fields.require("maxItems", "1 to " + PlacementRequest.MAX_COUNT);
                    Located<Integer> maxItems = fields.whole("maxItems", 1, PlacementRequest.MAX_COUNT);
                    fields.end();
                    if (maxItems != null) {
                        sizes.add(new Size(new Located<>(entry.key(), entry.where()), maxItems));
                    }
                }
            }
        }
        return sizes;
    }

    /** The list below {@code caps}; nothing is required but ids, for each entry may change a cap that is there. */
    List<CapDefinition> caps(Fields file) {
        return new RulesReader(problems).caps(file, false);
    }

    List<Exclusion> excludedCategories(Fields file) {
        List<Exclusion> exclusions = new ArrayList<>();
        for (YamlNode item : file.list("excludedCategories")) {
            if (!(item instanceof Mapping mapping)) {
                Located<String> category = Fields.word(item, Format.ID, problems);
                if (category != null) {
                    exclusions.add(new Exclusion(category, null, null));
                }
                continue;
            }
            Fields fields = new Fields(mapping, problems);
            Located<String> category = fields.requiredWord("category", Format.ID);
            Located<LocalDate> from = fields.parsed("from", Words::day, Words.DAY_ADVICE);
            Located<LocalDate> to = fields.parsed("to", Words::day, Words.DAY_ADVICE);
            fields.text("why", "");
            fields.end();
            Words.refuseBackwards(from, to, problems);
            if (category != null) {
                exclusions.add(
                        new Exclusion(category, from == null ? null : from.value(), to == null ? null : to.value()));
            }
        }
        return exclusions;
    }
}
