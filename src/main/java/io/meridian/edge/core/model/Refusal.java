package io.meridian.edge.core.model;

/**
 * Why a request gets no decision.
 *
 * @param kind what was wrong
 * @param pointer JSON pointer into the request, empty for the whole
 * @param detail one sentence; names what was asked for only where that is not personal
 * @param homeRegion for {@link Kind#MISDIRECTED}: where to go; empty otherwise
 */
public record Refusal(Kind kind, String pointer, String detail, String homeRegion) implements Answer {
    /** What was wrong. */
    public enum Kind {
        /** No bundle is active yet. */
        NOT_READY,
        UNKNOWN_PLACEMENT,
        UNKNOWN_MARKET,
        UNKNOWN_NAMESPACE,
        UNKNOWN_REGION,
        /** A context attribute the contract does not declare. */
        UNKNOWN_ATTRIBUTE,
        /** A context attribute of another type than declared. */
        WRONG_TYPE,
        /** The subject's home is another region. */
        MISDIRECTED,
        /** A defect of ours. */
        FAILED
    }

    public Refusal(Kind kind, String pointer, String detail) {
        this(kind, pointer, detail, "");
    }
}
