package io.meridian.edge.adapter.config;

import io.meridian.edge.core.bundle.definition.Where;
import java.util.List;

/** A piece of a YAML file with its place. */
sealed interface YamlNode {
    Where where();

    /** What it is, for messages: {@code a list}, {@code a number}… */
    String kind();

    /** What the core schema of YAML 1.2 takes a scalar for. */
    enum ScalarType {
        NULL("nothing"),
        BOOL("true or false"),
        INT("a whole number"),
        FLOAT("a number"),
        STRING("text");

        private final String kind;

        ScalarType(String kind) {
            this.kind = kind;
        }
    }

    /**
     * A scalar.
     *
     * @param text decoded
     * @param at the scalar's first code point in the file, and its end
     */
    record Scalar(Where where, ScalarType type, String text, Span at) implements YamlNode {
        @Override
        public String kind() {
            return type.kind;
        }
    }

    /**
     * Where a scalar stands in its file.
     *
     * @param source the file's code points
     * @param start index of its first code point, quote or block indicator
     * @param end index after its last
     */
    record Span(int[] source, int start, int end) {}

    record Sequence(Where where, List<YamlNode> items) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    record Mapping(Where where, List<Entry> entries) implements YamlNode {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    record Entry(String key, Where where, YamlNode value) {}
}
