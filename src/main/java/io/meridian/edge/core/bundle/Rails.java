package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Bound;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Owner;
import java.util.ArrayList;
import java.util.List;

/** Words for what guardrails say. */
final class Rails {
    private Rails() {}

    /** For example {@code 0.5 to 2}, or {@code no looser than the global value}. */
    static String text(Bound bound) {
        String field = Keys.field(bound.key().value());
        List<String> parts = new ArrayList<>();
        if (bound.min() != null && bound.max() != null) {
            parts.add(value(field, bound.min()) + " to " + value(field, bound.max()));
        } else if (bound.min() != null) {
            parts.add("at least " + value(field, bound.min()));
        } else if (bound.max() != null) {
            parts.add("at most " + value(field, bound.max()));
        }
        if (bound.noLooser()) {
            parts.add("no looser than the global value");
        }
        return String.join(", ", parts);
    }

    /** Whom to ask and why it is so. */
    static String ask(Owner owner) {
        return "ask " + owner.ask() + (owner.why().isEmpty() ? "" : " (" + owner.why() + ")");
    }

    /** A number as people write it; windows as durations. */
    static String value(String field, double number) {
        return field.equals(Keys.WINDOW) ? duration((long) number) : number(number);
    }

    /** To six decimals, for products and quotients have more than people want to read. */
    static String number(double exact) {
        double rounded = Math.rint(exact * 1e6) / 1e6;
        double number = rounded == 0 || Math.abs(exact) >= 1e9 ? exact : rounded;
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String duration(long seconds) {
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
