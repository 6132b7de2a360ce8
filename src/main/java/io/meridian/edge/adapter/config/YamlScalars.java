package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.YamlNode.Scalar;
import io.meridian.edge.adapter.config.YamlNode.ScalarType;
import io.meridian.edge.adapter.config.YamlNode.Span;
import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.regex.Pattern;

/** What scalars are and where each of their characters stands. */
final class YamlScalars {
    // YAML 1.2 core schema (10.3.2) without octal and hexadecimal: 0o17 stays text, 012 is twelve.
    private static final Pattern INT = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");

    private YamlScalars() {}

    static ScalarType type(String text, boolean plain) {
        if (!plain) {
            return ScalarType.STRING;
        }
        switch (text) {
            case "", "~", "null", "Null", "NULL":
                return ScalarType.NULL;
            case "true", "True", "TRUE", "false", "False", "FALSE":
                return ScalarType.BOOL;
            default:
                break;
        }
        if (text.length() > 64) {
            return ScalarType.STRING;
        }
        if (INT.matcher(text).matches()) {
            return ScalarType.INT;
        }
        return FLOAT.matcher(text).matches() ? ScalarType.FLOAT : ScalarType.STRING;
    }

    /**
     * The scalar as a condition that knows where each of its code points stands.
     *
     * <p>Decoded and written text are walked together. White space is where quoting, folding and indenting happen, so it
     * takes the place the walk has reached; every other character is found exactly, as nothing but white space can stand
     * before it.
     */
    static ConditionText condition(Scalar scalar) {
        int[] text = scalar.text().codePoints().toArray();
        Walk walk = new Walk(scalar.at(), scalar.where());
        int[] lines = new int[text.length + 1];
        int[] columns = new int[text.length + 1];
        for (int i = 0; i < text.length; i++) {
            if (!Character.isWhitespace(text[i])) {
                walk.skipWhiteSpace();
            }
            lines[i] = walk.line;
            columns[i] = walk.column;
            if (!Character.isWhitespace(text[i]) || walk.atWhiteSpace()) {
                walk.step();
            }
        }
        lines[text.length] = walk.line;
        columns[text.length] = walk.column;
        Where where =
                text.length == 0 ? scalar.where() : new Where(scalar.where().file(), lines[0], columns[0]);
        return new ConditionText(scalar.text(), where, lines, columns);
    }

    /** A place moving through the written form of a scalar. */
    private static final class Walk {
        private final int[] source;
        private final int end;
        private final char quote;
        private int index;
        private int line;
        private int column;

        Walk(Span span, Where start) {
            this.source = span.source();
            this.end = span.end();
            this.index = span.start();
            this.line = start.line();
            this.column = start.column();
            int first = index < end ? source[index] : ' ';
            this.quote = first == '"' || first == '\'' ? (char) first : ' ';
            if (quote != ' ') {
                move();
            } else if (first == '|' || first == '>') {
                while (index < end && source[index] != '\n') {
                    move();
                }
            }
        }

        void skipWhiteSpace() {
            while (index < end && (Character.isWhitespace(source[index]) || escapesWhiteSpace())) {
                if (source[index] == '\\') {
                    step();
                } else {
                    move();
                }
            }
        }

        boolean atWhiteSpace() {
            return index < end && (source[index] == ' ' || source[index] == '\t' || escapesWhiteSpace());
        }

        /** Past one written character, whatever it takes to write it. */
        void step() {
            int length = 1;
            if (index < end && quote == '"' && source[index] == '\\') {
                length = escapeLength();
            } else if (index + 1 < end && quote == '\'' && source[index] == '\'') {
                length = 2;
            }
            for (int i = 0; i < length; i++) {
                move();
            }
        }

        private int escapeLength() {
            int kind = index + 1 < end ? source[index + 1] : ' ';
            return switch (kind) {
                case 'x' -> 4;
                case 'u' -> 6;
                case 'U' -> 10;
                default -> 2;
            };
        }

        private boolean escapesWhiteSpace() {
            if (quote != '"' || source[index] != '\\' || index + 1 >= end) {
                return false;
            }
            int kind = source[index + 1];
            if (kind == 'x' || kind == 'u' || kind == 'U') {
                int value = 0;
                for (int i = index + 2; i < Math.min(end, index + escapeLength()); i++) {
                    value = value * 16 + Math.max(0, Character.digit(source[i], 16));
                }
                return Character.isWhitespace(value);
            }
            return kind == 'n'
                    || kind == 't'
                    || kind == 'r'
                    || kind == ' '
                    || kind == '\t'
                    || kind == '\n'
                    || kind == 'v'
                    || kind == 'f'
                    || kind == 'L'
                    || kind == 'P';
        }

        private void move() {
            if (index >= end) {
                return;
            }
            boolean newLine = source[index] == '\n';
            line += newLine ? 1 : 0;
            column = newLine ? 1 : column + 1;
            index++;
        }
    }
}
