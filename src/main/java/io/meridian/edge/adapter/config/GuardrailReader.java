package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.YamlNode.Scalar;
import io.meridian.edge.adapter.config.YamlNode.ScalarType;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Bound;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Forbidden;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Lock;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Owner;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Reserved;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code global/guardrails.yaml}. */
final class GuardrailReader {
    private static final double MAX = 1e9;

    private final Problems problems;

    GuardrailReader(Problems problems) {
        this.problems = problems;
    }

    GuardrailsDefinition read(Fields file) {
        List<Lock> locks = new ArrayList<>();
        for (Fields fields : file.children("locks")) {
            Located<String> key = fields.requiredWord("key", Format.KEY_PATTERN);
            Owner owner = owner(fields);
            fields.end();
            if (key != null) {
                locks.add(new Lock(key, owner));
            }
        }
        List<Bound> bounds = new ArrayList<>();
        for (Fields fields : file.children("bounds")) {
            Bound bound = bound(fields);
            if (bound != null) {
                bounds.add(bound);
            }
        }
        List<Reserved> reserved = reserved(file.child("priorities"));
        List<Forbidden> forbidden = forbidden(file.child("attributes"));
        file.end();
        return new GuardrailsDefinition(locks, bounds, reserved, forbidden);
    }

    private Owner owner(Fields fields) {
        fields.require("ask", "whom a market asks that needs it otherwise");
        return new Owner(fields.text("ask", "whoever keeps the guardrails"), fields.text("why", ""));
    }

    private @Nullable Bound bound(Fields fields) {
        Located<String> key = fields.requiredWord("key", Format.KEY_PATTERN);
        boolean durations = isText(fields, "min") || isText(fields, "max");
        Located<Double> min = limit(fields, "min", durations);
        Located<Double> max = limit(fields, "max", durations);
        boolean noLooser = fields.flag("noLooser", false);
        Owner owner = owner(fields);
        if (!fields.has("min") && !fields.has("max") && !noLooser) {
            problems.add(fields.where(), "missing-key", "the bound sets no limit", "give min, max or noLooser: true");
        }
        if (min != null && max != null && min.value() > max.value()) {
            problems.add(max.where(), "out-of-range", "'max' is less than 'min'", "nothing could be written");
            key = null;
        }
        fields.end();
        return key == null
                ? null
                : new Bound(
                        key,
                        min == null ? null : min.value(),
                        max == null ? null : max.value(),
                        noLooser,
                        durations,
                        owner);
    }

    private static boolean isText(Fields fields, String key) {
        return fields.node(key) instanceof Scalar scalar && scalar.type() == ScalarType.STRING;
    }

    private static @Nullable Located<Double> limit(Fields fields, String key, boolean duration) {
        if (!duration) {
            return fields.number(key, 0, MAX);
        }
        Located<Long> seconds = fields.parsed(key, Words::duration, Words.DURATION_ADVICE);
        return seconds == null ? null : new Located<>(seconds.value().doubleValue(), seconds.where());
    }

    private List<Reserved> reserved(@Nullable Fields fields) {
        if (fields == null) {
            return List.of();
        }
        Owner owner = owner(fields);
        fields.require("reserved", "{ from: <least>, to: <highest> }");
        Fields range = fields.child("reserved");
        List<Reserved> reserved = new ArrayList<>();
        if (range != null) {
            String advice = "0 to " + OfferDefinition.MAX_PRIORITY;
            range.require("from", advice);
            range.require("to", advice);
            Located<Integer> from = range.whole("from", 0, OfferDefinition.MAX_PRIORITY);
            Located<Integer> to = range.whole("to", 0, OfferDefinition.MAX_PRIORITY);
            range.end();
            if (from != null && to != null && from.value() > to.value()) {
                problems.add(to.where(), "out-of-range", "'to' is less than 'from'", "nothing would be reserved");
            } else if (from != null && to != null) {
                reserved.add(new Reserved(from.value(), to.value(), range.where(), owner));
            }
        }
        fields.end();
        return reserved;
    }

    private List<Forbidden> forbidden(@Nullable Fields fields) {
        if (fields == null) {
            return List.of();
        }
        Owner owner = owner(fields);
        List<Forbidden> forbidden = new ArrayList<>();
        for (Located<String> attribute : fields.requiredWords("forbidden", Format.DOTTED_NAME)) {
            forbidden.add(new Forbidden(attribute, owner));
        }
        fields.end();
        return forbidden;
    }
}
