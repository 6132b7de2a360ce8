package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.model.ValueType;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.AttributeContract.Attribute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds values that somebody wants stored against the attribute contract. */
public final class ProfileValues {
    /** The longest string, in UTF-16 units. */
    public static final int MAX_STRING = 256;

    /** The longest string in UTF-8: no UTF-16 unit needs more than three bytes. */
    static final int MAX_STRING_BYTES = MAX_STRING * 3;

    /** The longest list. */
    public static final int MAX_LIST = 64;

    /** The most problems told at once. */
    public static final int MAX_PROBLEMS = 100;

    /**
     * Something that cannot be stored. Never holds the value itself, which may be personal data.
     *
     * @param pointer JSON pointer (RFC 6901) into the values, for example {@code /tier} or {@code /favourite_categories/3}
     * @param problem what is wrong and what would be right
     */
    public record Problem(String pointer, String problem) {}

    private ProfileValues() {}

    /**
     * All that is wrong, by attribute name; empty if nothing. Nulls are accepted: they remove a value.
     *
     * @param values {@code Boolean, Integer, Long, Float, Double, String, List<String>} by attribute name
     */
    public static List<Problem> check(AttributeContract contract, Map<String, ? extends @Nullable Object> values) {
        List<Problem> problems = new ArrayList<>();
        values.forEach((name, value) -> {
            if (problems.size() >= MAX_PROBLEMS) {
                return;
            }
            Attribute attribute = contract.find(name);
            String pointer = "/" + name.replace("~", "~0").replace("/", "~1");
            if (attribute == null) {
                problems.add(new Problem(pointer, "unknown attribute"));
            } else if (value != null) {
                check(attribute, value, pointer, problems);
            }
        });
        problems.sort(Comparator.comparing(Problem::pointer));
        return problems;
    }

    /** True if nothing is wrong with this value; what {@link #check} says nothing about. */
    static boolean fits(Attribute attribute, Object value) {
        if (!isOfType(attribute, value)) {
            return false;
        }
        if (value instanceof String string) {
            return fits(attribute, string);
        }
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                if (!(list.get(i) instanceof String string) || !fits(attribute, string)) {
                    return false;
                }
            }
            return list.size() <= MAX_LIST;
        }
        return true;
    }

    private static boolean fits(Attribute attribute, String string) {
        return string.length() <= MAX_STRING
                && (attribute.values().isEmpty() || attribute.values().contains(string));
    }

    private static boolean isOfType(Attribute attribute, Object value) {
        return switch (attribute.type()) {
            case BOOL -> value instanceof Boolean;
            case INT -> value instanceof Long || value instanceof Integer;
            case DOUBLE -> value instanceof Number number && Double.isFinite(number.doubleValue());
            case STRING -> value instanceof String;
            case STRINGS -> value instanceof List<?>;
        };
    }

    private static void check(Attribute attribute, Object value, String pointer, List<Problem> problems) {
        if (!isOfType(attribute, value)) {
            problems.add(new Problem(pointer, "must be " + described(attribute.type())));
        } else if (value instanceof String string) {
            checkString(attribute, string, pointer, problems);
        } else if (value instanceof List<?> list) {
            checkList(attribute, list, pointer, problems);
        }
    }

    private static void checkList(Attribute attribute, List<?> list, String pointer, List<Problem> problems) {
        if (list.size() > MAX_LIST) {
            problems.add(new Problem(pointer, "has more than " + MAX_LIST + " elements"));
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String string) {
                checkString(attribute, string, pointer + "/" + i, problems);
            } else {
                problems.add(new Problem(pointer + "/" + i, "must be a string"));
            }
        }
    }

    private static void checkString(Attribute attribute, String string, String pointer, List<Problem> problems) {
        if (string.length() > MAX_STRING) {
            problems.add(new Problem(pointer, "is longer than " + MAX_STRING + " characters"));
        } else if (!attribute.values().isEmpty() && !attribute.values().contains(string)) {
            problems.add(new Problem(pointer, "must be one of " + String.join(", ", attribute.values())));
        }
    }

    private static String described(ValueType type) {
        return switch (type) {
            case BOOL -> "true or false";
            case INT -> "a whole number";
            case DOUBLE -> "a finite number";
            case STRING -> "a string";
            case STRINGS -> "a list of strings";
        };
    }
}
