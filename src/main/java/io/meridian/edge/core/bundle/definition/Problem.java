package io.meridian.edge.core.bundle.definition;

import java.util.Comparator;

/**
 * Something wrong in what people wrote, or worth a second look.
 *
 * @param severity whether it keeps the configuration from being used
 * @param file relative to the configuration's folder, with {@code /}
 * @param line from 1; 0 if the problem is of the file as a whole
 * @param column from 1; 0 likewise
 * @param code stable, for example {@code unknown-key}
 * @param message what is wrong
 * @param advice what would be right; empty if there is nothing to say
 */
public record Problem(Severity severity, String file, int line, int column, String code, String message, String advice)
        implements Comparable<Problem> {

    /** How much it matters. */
    public enum Severity {
        /** The configuration is refused. */
        ERROR,
        /** The configuration can be used, and probably does not do what its authors meant. */
        WARNING
    }

    private static final String LEFT_OUT = "more-problems";

    private static final Comparator<Problem> ORDER = Comparator.comparing(
                    (Problem problem) -> problem.code.equals(LEFT_OUT))
            .thenComparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::code)
            .thenComparing(Problem::message);

    /** An error. */
    public Problem(String file, int line, int column, String code, String message, String advice) {
        this(Severity.ERROR, file, line, column, code, message, advice);
    }

    /** A warning about a place. */
    public static Problem warning(Where where, String code, String message, String advice) {
        return new Problem(Severity.WARNING, where.file(), where.line(), where.column(), code, message, advice);
    }

    /** Stands for problems that are not listed, of the folder as a whole; comes after all others. */
    public static Problem leftOut(int count) {
        return new Problem(".", 0, 0, LEFT_OUT, "and " + count + " more", "mend these first");
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:col: message [code]}, with {@code warning:} before the message of one, and the advice on a line of its own. */
    @Override
    public String toString() {
        String where = line == 0 ? file : file + ":" + line + ":" + column;
        String what = where + (isError() ? ": " : ": warning: ") + message + " [" + code + "]";
        return advice.isEmpty() ? what : what + "\n    " + advice;
    }
}
