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
import org.jspecify.annotations.Nullable;

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

    /**
     * Caps of a file.
     *
     * @param whole true if each entry must define a cap; else it may only change one
     */
    List<CapDefinition> caps(Fields file, boolean whole) {
        List<CapDefinition> caps = new ArrayList<>();
        for (Fields fields : file.children("caps")) {
            Located<String> id = fields.requiredWord("id", Format.ID);
            if (whole) {
                requireAll(fields);
            }
            Located<Integer> limit = fields.whole("limit", 1, Exposures.MAX_TIMES);
            Located<Integer> window = window(fields);
            FrequencyCap.Per per = fields.choice("per", PER);
            Located<Boolean> strict = fields.flag("strict");
            fields.text("description", "");
            fields.end();
            if (id != null) {
                boolean readable = (limit != null || !fields.has("limit"))
                        && (window != null || !fields.has("window"))
                        && (per != null || !(whole || fields.has("per")));
                Located<FrequencyCap.Per> counts = per == null ? null : new Located<>(per, fields.where("per"));
                caps.add(new CapDefinition(id, limit, window, counts, strict, readable));
            }
        }
        return caps;
    }

    private static void requireAll(Fields fields) {
        fields.require("limit", "1 to " + Exposures.MAX_TIMES);
        fields.require("window", Words.DURATION_ADVICE);
        fields.require("per", "one of " + String.join(", ", PER.keySet()));
    }

    private @Nullable Located<Integer> window(Fields fields) {
        Located<Long> window = fields.parsed("window", Words::duration, Words.DURATION_ADVICE);
        if (window == null) {
            return null;
        }
        if (window.value() < 60 || window.value() > FrequencyCap.MAX_WINDOW_SECONDS) {
            problems.add(window.where(), "out-of-range", "'window' is too short or too long", "give 1m to 32d");
            return null;
        }
        return new Located<>(window.value().intValue(), window.where());
    }
}
