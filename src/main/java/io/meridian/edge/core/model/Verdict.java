package io.meridian.edge.core.model;

/** What became of a candidate. Stable codes, shown by {@code explain}. */
public enum Verdict {
    SELECTED,
    /** Eligible, but others scored higher. */
    OUTRANKED,
    /** Eligible, but already shown in another placement of this answer. */
    SHOWN_ELSEWHERE,
    /** Its condition is false. */
    CONDITION_FALSE,
    /** Its condition looks at something that may not be used or could not be read. */
    CONDITION_UNKNOWN,
    /** Its condition has no value, as CEL defines it: it reads something absent, say. */
    CONDITION_ERROR,
    /** Before its schedule begins or after it has ended. */
    OUT_OF_SCHEDULE,
    /** A suppression applies. */
    SUPPRESSED,
    /** A legal suppression could not be ruled out. */
    SUPPRESSION_UNKNOWN,
    /** A frequency cap is reached. */
    CAP_REACHED,
    /** A strict frequency cap could not be checked. */
    CAP_UNKNOWN,
    /** Nothing of the visitor may be used, and choosing by the context alone is not permitted either. */
    PURPOSE_NOT_GRANTED,
    /** The placement does not exist in the request's channel. */
    CHANNEL_NOT_SERVED,
    /** The market is silent in this channel at this hour. */
    QUIET_HOURS,
    /** The market leaves its category out. */
    CATEGORY_EXCLUDED
}
