package io.meridian.edge.core.model;

/**
 * A visitor's identifier in a namespace, as a caller sent it. Personal data: never in a key name, a log, a metric or an error.
 *
 * @param namespace a namespace of the attribute contract, for example {@code customer}
 * @param id the identifier in it, 1 to {@value #MAX_LENGTH} characters
 */
public record SubjectId(String namespace, String id) {
    /** The longest identifier and namespace taken, in characters. */
    public static final int MAX_LENGTH = 256;

    /** Hides the identifier. */
    @Override
    public String toString() {
        return "SubjectId[" + namespace + "/…]";
    }
}
