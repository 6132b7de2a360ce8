package io.meridian.edge.core.model;

/** Why an answer is less than it could have been. Stable codes, in the answer's {@code degraded}. */
public enum Degradation {
    /** The profile did not come in time. */
    PROFILE_TIMEOUT,
    /** The profile store could not be asked. */
    PROFILE_UNAVAILABLE,
    /** What is stored could not be understood. */
    PROFILE_MALFORMED,
    /** The profile store does not carry this region's mark, so opt-outs may be missing from it. */
    REGION_UNMARKED,
    /** The subject's home is another region, and this one's policy is to answer them as a stranger. */
    MISROUTED,
    /** A model failed to answer. */
    MODEL_FAILED,
    /** A model answered, but below its card's confidence. */
    MODEL_NOT_CONFIDENT,
    /** A frequency cap could not be checked, and is not strict. */
    CAP_UNKNOWN,
    /** A model was not run, for there was less time left than it needs. */
    MODEL_SKIPPED;

    /** This code as the only member of a mask. */
    public int bit() {
        return 1 << ordinal();
    }

    /** True if the mask has this code. */
    public boolean in(int mask) {
        return (mask & bit()) != 0;
    }
}
