package io.meridian.edge.adapter.cel;

import io.meridian.edge.core.eligibility.Expression;
import io.meridian.edge.core.model.Nearest;
import io.meridian.edge.core.model.ValueType;
import java.util.List;

/** What to write instead. */
final class Advice {
    private static final List<String> FUNCTIONS =
            List.of("startsWith", "endsWith", "contains", "size", "has", "double");

    private Advice() {}

    /** The type as a thing one has. */
    static String article(ValueType type) {
        return switch (type) {
            case BOOL -> "a bool";
            case INT -> "an int";
            case DOUBLE -> "a double";
            case STRING -> "a string";
            case STRINGS -> "a list of strings";
        };
    }

    /** For two values that do not fit each other. */
    static String onTypes(Expression left, Expression right, Names names) {
        if (left.type() == ValueType.STRINGS || right.type() == ValueType.STRINGS) {
            return "use in to look for a string in a list";
        }
        if (left.type() == ValueType.DOUBLE && right.type() == ValueType.INT) {
            return toDouble(right, names);
        }
        if (left.type() == ValueType.INT && right.type() == ValueType.DOUBLE) {
            return toDouble(left, names);
        }
        if (left.type() == ValueType.STRING && right.type() == ValueType.STRING) {
            return "strings cannot be joined";
        }
        String known = described(left instanceof Expression.Attribute ? left : right, names);
        return known.isEmpty() ? "both sides must be of one type" : known;
    }

    /** For a function outside the subset. */
    static String onFunction(String function) {
        return switch (function) {
            case "matches" -> "use startsWith, endsWith or contains";
            case "exists", "exists_one", "all", "filter", "map" -> "use in to look for a string in a list";
            case "_[_]" -> "lists have no order; use in";
            default -> {
                List<String> likely = Nearest.likely(function, FUNCTIONS);
                yield likely.isEmpty() || likely.get(0).equals(function)
                        ? "there are x.startsWith(y), x.endsWith(y), x.contains(y), size(x), has(x), double(x)"
                        : "did you mean " + String.join(" or ", likely) + "?";
            }
        };
    }

    /** What type an attribute is of; nothing for other expressions. */
    private static String described(Expression expression, Names names) {
        if (!(expression instanceof Expression.Attribute attribute)) {
            return "";
        }
        return names.name(attribute.slot()) + " is " + article(attribute.type());
    }

    private static String toDouble(Expression whole, Names names) {
        if (whole instanceof Expression.Constant constant) {
            return "write " + constant.value() + ".0";
        }
        String what = whole instanceof Expression.Attribute attribute ? names.name(attribute.slot()) : "…";
        return "write double(" + what + ")";
    }
}
