package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.YamlNode.Entry;
import io.meridian.edge.adapter.config.YamlNode.Mapping;
import io.meridian.edge.adapter.config.YamlNode.Scalar;
import io.meridian.edge.adapter.config.YamlNode.ScalarType;
import io.meridian.edge.adapter.config.YamlNode.Sequence;
import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.model.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mapping being read key by key. Whatever is asked for is thereby known; {@link #end} reports the keys nobody asked for.
 *
 * <p>A value that is there but wrong is reported and counts as not there. A missing one is reported only by the methods that
 * say "required".
 */
final class Fields {
    private final Mapping mapping;
    private final Problems problems;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    Fields(Mapping mapping, Problems problems) {
        this.mapping = mapping;
        this.problems = problems;
        mapping.entries().forEach(entry -> entries.put(entry.key(), entry));
    }

    /** The node as fields; null, and a problem, if it is something else. */
    static @Nullable Fields of(YamlNode node, Problems problems) {
        if (node instanceof Mapping mapping) {
            return new Fields(mapping, problems);
        }
        wrongType(node, "a mapping (key: value)", problems);
        return null;
    }

    Where where() {
        return mapping.where();
    }

    /** Every entry, whatever its key: for mappings whose keys are names people chose. */
    List<Entry> entries() {
        mapping.entries().forEach(entry -> known.add(entry.key()));
        return mapping.entries();
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** Where the key's value stands, or the mapping if there is none. */
    Where where(String key) {
        Entry entry = entries.get(key);
        return entry == null ? where() : entry.value().where();
    }

    /** Null if missing. */
    @Nullable
    YamlNode node(String key) {
        known.add(key);
        Entry entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    void missing(String key, String advice) {
        problems.add(where(), "missing-key", "'" + key + "' is missing", advice);
    }

    /** Reports the keys nobody asked for. */
    void end() {
        for (Entry entry : mapping.entries()) {
            if (!known.contains(entry.key())) {
                problems.add(
                        entry.where(),
                        "unknown-key",
                        "'" + entry.key() + "' is not known here",
                        Nearest.advice(entry.key(), known));
            }
        }
    }

    /** Free text; the fallback if it is missing or wrong. */
    String text(String key, String fallback) {
        Scalar scalar = scalar(key, ScalarType.STRING, "text");
        return scalar == null ? fallback : scalar.text();
    }

    @Nullable
    Located<String> word(String key, Format format) {
        YamlNode node = node(key);
        return node == null ? null : word(node, format, problems);
    }

    @Nullable
    Located<String> requiredWord(String key, Format format) {
        if (!has(key)) {
            known.add(key);
            missing(key, format.advice());
        }
        Located<String> word = word(key, format);
        if (word == null && (key.equals("id") || key.equals("name"))) {
            problems.lost(where().file());
        }
        return word;
    }

    /** Words of a list, wrong ones left out; empty if missing. */
    List<Located<String>> words(String key, Format format) {
        List<Located<String>> words = new ArrayList<>();
        for (YamlNode item : list(key)) {
            Located<String> word = word(item, format, problems);
            if (word != null) {
                words.add(word);
            }
        }
        return words;
    }

    List<Located<String>> requiredWords(String key, Format format) {
        require(key, "a list of " + format.advice());
        return words(key, format);
    }

    void require(String key, String advice) {
        if (!has(key)) {
            missing(key, advice);
        }
    }

    /** Reports a list that is there and has no items: where that would silently switch off what the list is for. */
    void nonEmpty(String key, String advice) {
        Entry entry = entries.get(key);
        if (entry != null
                && entry.value() instanceof Sequence list
                && list.items().isEmpty()) {
            problems.add(list.where(), "missing-value", "'" + key + "' has no items", advice);
        }
    }

    /** A whole number within bounds (both inclusive). */
    @Nullable
    Located<Integer> whole(String key, int low, int high) {
        Scalar scalar = scalar(key, ScalarType.INT, "a whole number");
        if (scalar == null) {
            return null;
        }
        long value = Long.parseLong(scalar.text());
        if (value < low || value > high) {
            problems.add(scalar.where(), "out-of-range", "'" + key + "' is " + value, "give " + low + " to " + high);
            return null;
        }
        return new Located<>((int) value, scalar.where());
    }

    /** A number within bounds (both inclusive). */
    @Nullable
    Located<Double> number(String key, double low, double high) {
        YamlNode node = node(key);
        return node == null ? null : number(key, node, low, high);
    }

    @Nullable
    Located<Double> number(String key, YamlNode node, double low, double high) {
        if (!(node instanceof Scalar scalar)
                || (scalar.type() != ScalarType.INT && scalar.type() != ScalarType.FLOAT)) {
            wrongType(node, "a number", problems);
            return null;
        }
        double value = Double.parseDouble(scalar.text());
        if (!(value >= low && value <= high)) {
            problems.add(
                    scalar.where(),
                    "out-of-range",
                    "'" + key + "' is " + scalar.text(),
                    low > 0 && low < 0.001
                            ? "give more than 0, at most " + plain(high)
                            : "give " + plain(low) + " to " + plain(high));
            return null;
        }
        return new Located<>(value, scalar.where());
    }

    boolean flag(String key, boolean fallback) {
        Located<Boolean> flag = flag(key);
        return flag == null ? fallback : flag.value();
    }

    /** True or false, with its place; null if missing or wrong. */
    @Nullable
    Located<Boolean> flag(String key) {
        Scalar scalar = scalar(key, ScalarType.BOOL, "true or false");
        return scalar == null ? null : new Located<>(scalar.text().equalsIgnoreCase("true"), scalar.where());
    }

    /** One of a few words. */
    <T> @Nullable T choice(String key, Map<String, T> choices) {
        YamlNode node = node(key);
        return node == null ? null : choice(node, choices);
    }

    <T> @Nullable T choice(YamlNode node, Map<String, T> choices) {
        if (!(node instanceof Scalar scalar) || scalar.type() != ScalarType.STRING) {
            wrongType(node, "one of " + String.join(", ", choices.keySet()), problems);
            return null;
        }
        T chosen = choices.get(scalar.text());
        if (chosen == null) {
            problems.add(
                    scalar.where(),
                    "unknown-value",
                    "'" + scalar.text() + "' is not known here",
                    Nearest.advice(scalar.text(), choices.keySet()));
        }
        return chosen;
    }

    /** A word turned into something by a parser that returns null for what it does not take. */
    <T> @Nullable Located<T> parsed(String key, Function<String, @Nullable T> parser, String advice) {
        YamlNode node = node(key);
        if (node == null) {
            return null;
        }
        if (!(node instanceof Scalar scalar) || scalar.type() == ScalarType.NULL) {
            wrongType(node, advice, problems);
            return null;
        }
        T value = parser.apply(scalar.text());
        if (value == null) {
            problems.add(
                    scalar.where(), "bad-format", "'" + shorten(scalar.text()) + "' cannot be read", "write " + advice);
            return null;
        }
        return new Located<>(value, scalar.where());
    }

    /** A condition. */
    @Nullable
    ConditionText condition(String key) {
        Scalar scalar = scalar(key, ScalarType.STRING, "a condition in quotes");
        return scalar == null ? null : YamlScalars.condition(scalar);
    }

    /** The fields below a key; null if missing or wrong. */
    @Nullable
    Fields child(String key) {
        YamlNode node = node(key);
        return node == null ? null : of(node, problems);
    }

    /** The items of a list, each as fields, wrong ones left out; empty if missing. */
    List<Fields> children(String key) {
        List<Fields> children = new ArrayList<>();
        for (YamlNode item : list(key)) {
            Fields child = of(item, problems);
            if (child != null) {
                children.add(child);
            }
        }
        return children;
    }

    /** The items of a list; empty if missing or wrong. */
    List<YamlNode> list(String key) {
        YamlNode node = node(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof Sequence sequence) {
            return sequence.items();
        }
        wrongType(node, "a list", problems);
        return List.of();
    }

    private @Nullable Scalar scalar(String key, ScalarType type, String wanted) {
        YamlNode node = node(key);
        if (node == null) {
            return null;
        }
        if (node instanceof Scalar scalar && scalar.type() == type) {
            return scalar;
        }
        wrongType(node, wanted, problems);
        return null;
    }

    static @Nullable Located<String> word(YamlNode node, Format format, Problems problems) {
        if (!(node instanceof Scalar scalar) || scalar.type() != ScalarType.STRING) {
            wrongType(node, "text", problems);
            return null;
        }
        if (!format.matches(scalar.text())) {
            problems.add(
                    scalar.where(),
                    "bad-format",
                    "'" + shorten(scalar.text()) + "' cannot stand here",
                    "write " + format.advice());
            return null;
        }
        return new Located<>(scalar.text(), scalar.where());
    }

    private static void wrongType(YamlNode node, String wanted, Problems problems) {
        boolean plainText =
                wanted.startsWith("text") && node instanceof Scalar scalar && scalar.type() != ScalarType.NULL;
        problems.add(
                node.where(),
                "wrong-type",
                "this is " + node.kind(),
                plainText ? "put it in quotes to make it text" : "write " + wanted);
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
