package io.meridian.edge.adapter.config;

import io.meridian.edge.core.bundle.definition.CapDefinition;
import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.SegmentDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import io.meridian.edge.core.eligibility.Segment;
import io.meridian.edge.core.frequency.FrequencyCap;
import io.meridian.edge.core.model.Exposures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code segments.yaml}, {@code suppressions.yaml} and {@code caps.yaml}. */
final class RulesReader {
    private static final int MAX_PRIORITY = 1_000_000;
    private static final Map<String, FrequencyCap.Per> PER = Words.lowerCase(FrequencyCap.Per.class);
    private static final Map<String, Segment.Kind> SEGMENT_KINDS = Words.lowerCase(Segment.Kind.class);

    private final Problems problems;

    RulesReader(Problems problems) {
        this.problems = problems;
    }

    List<SegmentDefinition> segments(Fields file) {
        file.require("segments", "a list of segments");
        List<SegmentDefinition> segments = new ArrayList<>();
        for (Fields fields : file.children("segments")) {
            Located<String> id = fields.requiredWord("id", Format.NAME);
            fields.require("kind", "one of " + String.join(", ", SEGMENT_KINDS.keySet()));
            Segment.Kind kind = fields.choice("kind", SEGMENT_KINDS);
            Located<String> group = fields.requiredWord("group", Format.ID);
            fields.require("priority", "a whole number; the highest of a group wins");
            Located<Integer> priority = fields.whole("priority", 0, MAX_PRIORITY);
            fields.text("description", "");
            fields.require("when", "a condition over profile.*, context.* and score.*");
            ConditionText when = fields.condition("when");
            fields.end();
            if (id != null) {
                // A group nobody can read is a group of its own.
                Located<String> known = group == null ? new Located<>(" " + id.value(), id.where()) : group;
                segments.add(
                        new SegmentDefinition(id, kind == null ? Segment.Kind.BEHAVIOUR : kind, known, priority, when));
            }
        }
        file.end();
        return segments;
    }

    List<SuppressionDefinition> suppressions(Fields file) {
        file.require("suppressions", "a list of suppressions");
        List<SuppressionDefinition> suppressions = new ArrayList<>();
        for (Fields fields : file.children("suppressions")) {
            Located<String> id = fields.requiredWord("id", Format.ID);
            fields.require("legal", "true if in doubt the offer must stay out, else false");
            boolean legal = fields.flag("legal", true);
            fields.text("description", "");
            fields.require("when", "a condition");
            ConditionText when = fields.condition("when");
            fields.require("offers", "which offers it takes out: { ids: […], categories: […], tags: […] }");
            List<Located<String>> ids = List.of();
            List<Located<String>> categories = List.of();
            List<Located<String>> tags = List.of();
            Fields offers = fields.child("offers");
            if (offers != null) {
                for (String key : List.of("ids", "categories", "tags")) {
                    offers.nonEmpty(key, "name what it takes out, or leave '" + key + "' out");
                }
                ids = offers.words("ids", Format.ID);
                categories = offers.words("categories", Format.ID);
                tags = offers.words("tags", Format.ID);
                offers.end();
                if (!offers.has("ids") && !offers.has("categories") && !offers.has("tags")) {
                    problems.add(offers.where(), "missing-key", "no offers are named", "give ids, categories or tags");
                }
            }
            fields.end();
            if (id != null) {
                suppressions.add(new SuppressionDefinition(id, legal, when, ids, categories, tags));
            }
        }
        file.end();
        return suppressions;
    }

    List<CapDefinition> caps(Fields file) {
        file.require("caps", "a list of caps");
        List<CapDefinition> caps = new ArrayList<>();
        for (Fields fields : file.children("caps")) {
            Located<String> id = fields.requiredWord("id", Format.ID);
            fields.require("limit", "1 to " + Exposures.MAX_TIMES);
            Located<Integer> limit = fields.whole("limit", 1, Exposures.MAX_TIMES);
            fields.require("window", Words.DURATION_ADVICE);
            Located<Long> window = fields.parsed("window", Words::duration, Words.DURATION_ADVICE);
            if (window != null && (window.value() < 60 || window.value() > FrequencyCap.MAX_WINDOW_SECONDS)) {
                problems.add(window.where(), "out-of-range", "'window' is too short or too long", "give 1m to 32d");
                window = null;
            }
            fields.require("per", "one of " + String.join(", ", PER.keySet()));
            FrequencyCap.Per per = fields.choice("per", PER);
            boolean strict = fields.flag("strict", false);
            fields.text("description", "");
            fields.end();
            if (id != null) {
                FrequencyCap cap = new FrequencyCap(
                        id.value(),
                        limit == null ? 1 : limit.value(),
                        window == null ? 60 : window.value().intValue(),
                        per == null ? FrequencyCap.Per.OFFER : per,
                        strict);
                caps.add(new CapDefinition(id, cap, per != null));
            }
        }
        file.end();
        return caps;
    }
}
