package io.meridian.edge.core.bundle.definition;

/**
 * A place in a file.
 *
 * @param file relative to the configuration's folder, with {@code /}
 * @param line from 1; 0 for the file as a whole
 * @param column from 1, in code points; 0 likewise
 */
public record Where(String file, int line, int column) {
    /** The file as a whole. */
    public static Where file(String file) {
        return new Where(file, 0, 0);
    }

    /** For messages about another place: {@code file:line}. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
