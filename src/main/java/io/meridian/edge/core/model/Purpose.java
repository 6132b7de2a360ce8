package io.meridian.edge.core.model;

/**
 * What data is used for. The numbers are those of the IAB Transparency &amp; Consent Framework, policy version 4 and later.
 *
 * <p>Sets of purposes travel as an {@code int} mask of {@link #bit()}s: the hot path never allocates a set.
 */
public enum Purpose {
    /** Keep or read an identifier on the visitor's device. */
    STORE(1),
    /** Choose advertising from the context alone. */
    CONTEXTUAL_ADS(2),
    /** Build a profile for advertising. */
    BUILD_AD_PROFILE(3),
    /** Choose advertising from a profile. */
    SELECT_ADS(4),
    /** Build a profile for content. */
    BUILD_PROFILE(5),
    /** Choose content from a profile or a model of the visitor. */
    SELECT_CONTENT(6),
    /** Measure advertising. */
    MEASURE_ADS(7),
    /** Measure content: exposure, clicks. */
    MEASURE(8),
    /** Understand audiences through statistics. */
    AUDIENCE_STATS(9),
    /** Improve services: train models. */
    IMPROVE(10),
    /** Choose content from the context alone. */
    CONTEXTUAL(11);

    private static final Purpose[] ALL = values();

    /** Every purpose. */
    public static final int ALL_BITS = (1 << ALL.length) - 1;

    /** The purposes of advertising placements (TCF 2, 3, 4 and 7). */
    public static final int ADVERTISING_BITS =
            CONTEXTUAL_ADS.bit() | BUILD_AD_PROFILE.bit() | SELECT_ADS.bit() | MEASURE_ADS.bit();

    private final int tcfId;

    Purpose(int tcfId) {
        this.tcfId = tcfId;
    }

    /** The purpose's number in the TCF, 1 to 11. */
    public int tcfId() {
        return tcfId;
    }

    /** This purpose as the only member of a mask. */
    public int bit() {
        return 1 << ordinal();
    }

    /** True if the mask has this purpose. */
    public boolean in(int mask) {
        return (mask & bit()) != 0;
    }

    /** The purpose with this TCF number; the enum's order is the TCF's, so this is an index. Throws for others than 1 to 11. */
    public static Purpose ofTcf(int tcfId) {
        return ALL[tcfId - 1];
    }

    /** The purpose at an ordinal. */
    public static Purpose at(int ordinal) {
        return ALL[ordinal];
    }

    /** How many there are. */
    public static int count() {
        return ALL.length;
    }
}
