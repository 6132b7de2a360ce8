package io.meridian.edge.core.model;

/** The rung of the fallback ladder an answer stands on, from the best to the last resort. */
public enum Rung {
    /** Ranked by a model for this very visitor. */
    RANKED,
    /** Ranked by what is known of the visitor's segments. */
    SEGMENT,
    /** Ranked by the moment alone. */
    CONTEXTUAL,
    /** Nothing was eligible: the placement's default offer. */
    PLACEMENT_DEFAULT,
    /** Not even the default could run: the placement's static content. */
    STATIC;

    /** True for what is given because nothing was eligible. */
    public boolean fallback() {
        return this == PLACEMENT_DEFAULT || this == STATIC;
    }
}
