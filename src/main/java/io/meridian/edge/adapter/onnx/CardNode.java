package io.meridian.edge.adapter.onnx;

import io.meridian.edge.core.scoring.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A place in a card: a YAML node, its pointer, and where to report what is wrong with it.
 *
 * <p>The readers report a value of the wrong type and go on with a harmless stand-in, so that one reading finds everything;
 * whoever reads must look at the problems before using what was read.
 */
final class CardNode {
    private final String file;
    private final String pointer;
    private final Node node;
    private final Consumer<ModelProblem> problems;

    CardNode(String file, String pointer, Node node, Consumer<ModelProblem> problems) {
        this.file = file;
        this.pointer = pointer;
        this.node = node;
        this.problems = problems;
    }

    void problem(String message) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        int column = node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
        problems.accept(new ModelProblem(file, pointer, line, column, message));
    }

    /** Reports fields outside the known ones, fields written twice, and a node that is no mapping. */
    void allowOnly(Set<String> known) {
        if (!(node instanceof MappingNode)) {
            problem("must be a mapping");
            return;
        }
        for (String key : keys()) {
            if (!known.contains(key)) {
                at(key).problem("unknown field; known are " + String.join(", ", known));
            }
        }
    }

    /** The keys of a mapping in order; empty for anything else. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                keys.add(key(entry));
            }
        }
        return keys;
    }

    /** The field's value, or null (reported) if it is missing. */
    @Nullable
    CardNode required(String key) {
        CardNode found = optional(key);
        if (found == null && node instanceof MappingNode) {
            problem("the field '" + key + "' is missing");
        }
        return found;
    }

    /** The field's value, or null if it is missing. */
    @Nullable
    CardNode optional(String key) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (key(entry).equals(key)) {
                    return child(key, entry.getValueNode());
                }
            }
        }
        return null;
    }

    private CardNode at(String key) {
        CardNode found = optional(key);
        return found == null ? this : found;
    }

    private static String key(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    }

    private CardNode child(String key, Node value) {
        return new CardNode(file, pointer + "/" + key.replace("~", "~0").replace("/", "~1"), value, problems);
    }

    /** The items; an empty list (reported) if this is no list. */
    List<CardNode> items() {
        List<CardNode> items = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                items.add(child(Integer.toString(items.size()), item));
            }
        } else {
            problem("must be a list");
        }
        return items;
    }

    String text() {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
            return scalar.getValue();
        }
        problem("must be a string"
                + (node instanceof ScalarNode scalar ? "; write \"" + scalar.getValue() + "\"" : ""));
        return "";
    }

    int integer(int from, int to) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            OptionalInt value = parseInteger(scalar.getValue());
            if (value.isPresent() && value.getAsInt() >= from && value.getAsInt() <= to) {
                return value.getAsInt();
            }
        }
        problem("must be an integer from " + from + " to " + to);
        return from;
    }

    double number() {
        OptionalDouble value = numeric();
        if (value.isPresent()) {
            return value.getAsDouble();
        }
        problem("must be a finite number");
        return 0;
    }

    Literal literal() {
        OptionalDouble numeric = numeric();
        if (numeric.isPresent()) {
            return new Literal.Numeric(numeric.getAsDouble());
        }
        if (node instanceof ScalarNode scalar
                && scalar.getTag().equals(Tag.BOOL)
                && (scalar.getValue().equals("true") || scalar.getValue().equals("false"))) {
            return new Literal.Flag(Boolean.parseBoolean(scalar.getValue()));
        }
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
            return new Literal.Text(scalar.getValue());
        }
        problem("must be a finite number, a string, true or false");
        return new Literal.Text("");
    }

    private OptionalDouble numeric() {
        if (node instanceof ScalarNode scalar
                && (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT))) {
            try {
                double value = Double.parseDouble(scalar.getValue());
                return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
            } catch (NumberFormatException notInJavasNotation) {
                return OptionalDouble.empty();
            }
        }
        return OptionalDouble.empty();
    }

    private static OptionalInt parseInteger(String digits) {
        try {
            return OptionalInt.of(Integer.parseInt(digits));
        } catch (NumberFormatException tooLarge) {
            return OptionalInt.empty();
        }
    }
}
