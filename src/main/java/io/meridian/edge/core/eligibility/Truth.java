package io.meridian.edge.core.eligibility;

/** The outcomes of a condition, as bytes because they are kept in arrays on the way of a request. */
public final class Truth {
    public static final byte FALSE = 0;
    public static final byte TRUE = 1;
    /** It depends on a fact that may not be used or could not be read. */
    public static final byte UNKNOWN = 2;
    /** It reads a value the subject does not have, divides by zero or leaves the range of a whole number. */
    public static final byte ERROR = 3;

    private static final String[] NAMES = {"false", "true", "unknown", "error"};

    private Truth() {}

    /** {@code false}, {@code true}, {@code unknown} or {@code error}. */
    public static String name(byte truth) {
        return NAMES[truth];
    }

    static byte of(boolean value) {
        return value ? TRUE : FALSE;
    }
}
