package io.meridian.edge.adapter.cel;

/** Turns offsets in a text, in UTF-16 units, into lines and columns as people count them. */
final class Positions {
    private final String text;

    Positions(String text) {
        this.text = text;
    }

    CelProblem problem(int offset, String message, String advice) {
        int end = Math.max(0, Math.min(offset, text.length()));
        int lineStart = text.lastIndexOf('\n', end - 1) + 1;
        int line = 1
                + (int) text.substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new CelProblem(line, 1 + text.codePointCount(lineStart, end), message, advice);
    }
}
