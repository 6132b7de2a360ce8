package io.meridian.edge.core.bundle.definition;

/**
 * A condition's text, with the place in the file of every code point of it: YAML quotes, escapes, folds and indents, so a
 * position in the text says nothing by itself.
 */
public final class ConditionText {
    private final String text;
    private final Where where;
    private final int[] lines;
    private final int[] columns;

    /**
     * @param where the first code point of the text, or the scalar if it is empty
     * @param lines by code point of the text, and one more for its end; from 1
     * @param columns likewise
     */
    public ConditionText(String text, Where where, int[] lines, int[] columns) {
        this.text = text;
        this.where = where;
        this.lines = lines.clone();
        this.columns = columns.clone();
    }

    public String text() {
        return text;
    }

    /** Where the text starts. */
    public Where where() {
        return where;
    }

    /**
     * The place in the file of a place in the text. A place past the text's end is its end.
     *
     * @param line in the text, from 1
     * @param column in code points, from 1
     */
    public Where at(int line, int column) {
        int offset = 0;
        int index = 0;
        for (int current = 1;
                current < line && index < text.length();
                index += Character.charCount(text.codePointAt(index))) {
            current += text.charAt(index) == '\n' ? 1 : 0;
            offset++;
        }
        int at = Math.max(0, Math.min(offset + column - 1, lines.length - 1));
        return new Where(where.file(), lines[at], columns[at]);
    }

    @Override
    public String toString() {
        return text;
    }
}
