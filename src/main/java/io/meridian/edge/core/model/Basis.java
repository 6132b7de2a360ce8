package io.meridian.edge.core.model;

/**
 * What a regime needs before a class of data may serve a purpose, from the most permissive to the strictest: of two
 * regimes that both apply, the one with the higher ordinal wins.
 */
public enum Basis {
    /** Allowed until the person objects. */
    LEGITIMATE_INTEREST,
    /** Allowed until the person opts out. */
    OPT_OUT,
    /** Only after the person agreed. */
    CONSENT,
    /** Only after the person agreed to this very use, by an explicit statement. */
    EXPLICIT_CONSENT,
    /** Not at all. */
    NEVER;

    /** The stricter of the two. */
    public Basis stricter(Basis other) {
        return ordinal() >= other.ordinal() ? this : other;
    }
}
