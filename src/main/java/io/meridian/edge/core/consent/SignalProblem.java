package io.meridian.edge.core.consent;

import io.meridian.edge.core.model.Purpose;

/**
 * Why a signal was not taken as it came. The names are stable codes: they appear in answers and in metrics.
 *
 * <p>Each refuses what the signal could have spoken about, for want of knowing what it said.
 */
public enum SignalProblem {
    /** Longer than {@link TcfDecoder#MAX_LENGTH}. */
    TCF_TOO_LONG(Purpose.ALL_BITS, false),
    /** Not a TC string: alphabet, truncation, unknown or repeated segment, impossible vendor id. */
    TCF_MALFORMED(Purpose.ALL_BITS, false),
    /** Encoding version other than 2. */
    TCF_VERSION_UNSUPPORTED(Purpose.ALL_BITS, false),
    /** {@code IsServiceSpecific} is 0: global scope, invalid since September 2021. */
    TCF_NOT_SERVICE_SPECIFIC(Purpose.ALL_BITS, false),
    /** A policy version below 4, invalid since September 2023. */
    TCF_POLICY_TOO_OLD(Purpose.ALL_BITS, false),
    /** Created or updated more than 13 months ago. */
    TCF_EXPIRED(Purpose.ALL_BITS, false),
    /** Created or updated in the future. */
    TCF_FROM_FUTURE(Purpose.ALL_BITS, false),
    /** Updated on or after 2026-03-01 and without the disclosed vendors segment that TCF 2.3 made mandatory. */
    TCF_VENDORS_NOT_DISCLOSED(Purpose.ALL_BITS, false),
    /** The vendor we act as is not among the disclosed vendors. */
    TCF_VENDOR_NOT_DISCLOSED(Purpose.ALL_BITS, false),
    /** GPP section 2 is said to be in force and was not sent, nor a TC string. */
    TCF_MISSING(Purpose.ALL_BITS, false),
    /** Longer than {@link GppDecoder#MAX_LENGTH}. */
    GPP_TOO_LONG(Purpose.ALL_BITS, true),
    /** The header cannot be read, or does not match the sections that follow. */
    GPP_MALFORMED(Purpose.ALL_BITS, true),
    /** A section in force that this service does not know how to read. */
    GPP_SECTION_UNSUPPORTED(Purpose.ALL_BITS, true),
    /** A section of a US state, or the national one, that cannot be read. */
    GPP_SECTION_MALFORMED(UsSection.PERSONAL_BITS, true),
    /** A US section is said to be in force and was not sent. */
    GPP_SECTION_MISSING(UsSection.PERSONAL_BITS, true),
    /** Not a US Privacy string of version 1. */
    US_PRIVACY_MALFORMED(UsSection.OPT_OUT_BITS, false);

    private static final SignalProblem[] ALL = values();

    private final int refuses;
    private final boolean refusesSensitive;

    SignalProblem(int refuses, boolean refusesSensitive) {
        this.refuses = refuses;
        this.refusesSensitive = refusesSensitive;
    }

    /** The purposes it refuses, as a mask. */
    public int refuses() {
        return refuses;
    }

    /** True if it also refuses all use of the sensitive class. */
    public boolean refusesSensitive() {
        return refusesSensitive;
    }

    /** This problem as the only member of a mask. */
    public int bit() {
        return 1 << ordinal();
    }

    /** True if the mask has this problem. */
    public boolean in(int mask) {
        return (mask & bit()) != 0;
    }

    /** The problem at an ordinal. */
    public static SignalProblem at(int ordinal) {
        return ALL[ordinal];
    }

    /** How many there are. */
    public static int count() {
        return ALL.length;
    }
}
