package io.meridian.edge.adapter.cel;

/**
 * What is wrong with a condition.
 *
 * @param line in the condition's text, from 1
 * @param column in code points, from 1
 * @param message what is wrong
 * @param advice what would be right; empty if there is nothing to say beyond the message
 */
public record CelProblem(int line, int column, String message, String advice) implements Comparable<CelProblem> {
    @Override
    public int compareTo(CelProblem other) {
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    /** {@code line:column message (advice)}. */
    @Override
    public String toString() {
        return line + ":" + column + " " + message + (advice.isEmpty() ? "" : " (" + advice + ")");
    }
}
