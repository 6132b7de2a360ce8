package io.meridian.edge.core.consent;

import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.SignalFramework;
import org.jspecify.annotations.Nullable;

/**
 * Reads a TC string of version 2: core, disclosed vendors and publisher segments.
 *
 * <p>Source: IAB Tech Lab, "Consent string and vendor list formats v2" (TCF 2.3), and IAB Europe's policies, version
 * 4 and later. The whole core is walked whoever we read it as, so that a cut or corrupted string is invalid for
 * everybody alike.
 *
 * <p>The Global Vendor List is not consulted: a purpose is open to a vendor by consent or, where the framework has
 * it, by legitimate interest, whatever the vendor registered.
 */
final class TcfDecoder {
    /** The longest TC string that is read, in characters. Real ones stay below 2,000. */
    static final int MAX_LENGTH = 4096;

    /** How old a string may be: 13 months, taken as 395 days, in milliseconds. */
    static final long MAX_AGE_MILLIS = 395L * 24 * 60 * 60 * 1000;

    /**
     * How far ahead of our clock a string may be, in milliseconds: a day, because its times are cut to the day and some
     * consent platforms cut to the visitor's local one.
     */
    static final long MAX_AHEAD_MILLIS = 24L * 60 * 60 * 1000;

    /** 2026-03-01T00:00Z, from when on the disclosed vendors segment is mandatory, epoch milliseconds. */
    static final long DISCLOSED_VENDORS_SINCE = 1_772_323_200_000L;

    /** The purposes for which the framework knows legitimate interest: 2 and 7 to 11. */
    static final int LEGITIMATE_INTEREST_BITS = Purpose.ALL_BITS
            & ~(Purpose.STORE.bit()
                    | Purpose.BUILD_AD_PROFILE.bit()
                    | Purpose.SELECT_ADS.bit()
                    | Purpose.BUILD_PROFILE.bit()
                    | Purpose.SELECT_CONTENT.bit());

    private static final int VERSION = 2;
    private static final int MIN_POLICY_VERSION = 4;
    private static final int SEGMENT_DISCLOSED_VENDORS = 1;
    private static final int SEGMENT_ALLOWED_VENDORS = 2;
    private static final int SEGMENT_PUBLISHER = 3;
    private static final int RESTRICTION_REQUIRE_CONSENT = 1;
    private static final int RESTRICTION_REQUIRE_LEGITIMATE_INTEREST = 2;

    private final int vendorId;
    private final Bits bits;
    private int segments;
    private long created;
    private long updated;
    private int policyVersion;
    private boolean serviceSpecific;
    private int consent;
    private int legitimateInterest;
    private boolean vendorDisclosed;
    private int publisherConsent;
    private int publisherLegitimateInterest;

    private TcfDecoder(int vendorId, Bits bits) {
        this.vendorId = vendorId;
        this.bits = bits;
    }

    /**
     * @param from index of the string's first character
     * @param to index after its last character
     * @param now epoch milliseconds
     * @param inForce true if permissions count; refusals always do
     */
    static void decode(
            String text,
            int from,
            int to,
            TcfBasis basis,
            long now,
            boolean inForce,
            Bits bits,
            SignalCollector collector) {
        collector.spoke(SignalFramework.TCF);
        TcfDecoder decoder = new TcfDecoder(basis.vendorId(), bits);
        SignalProblem problem = decoder.read(text, from, to);
        if (problem == null) {
            problem = decoder.validate(now);
        }
        if (problem != null) {
            collector.problem(problem);
        } else if (!basis.isPublisher()) {
            collector.tcf(decoder.consent, decoder.legitimateInterest, inForce);
        } else if (decoder.hasSegment(SEGMENT_PUBLISHER)) {
            collector.tcf(decoder.publisherConsent, decoder.publisherLegitimateInterest, inForce);
        }
        // Without a publisher segment the string says nothing of the publisher: what is stored decides.
    }

    private @Nullable SignalProblem read(String text, int from, int to) {
        if (to - from > MAX_LENGTH) {
            return SignalProblem.TCF_TOO_LONG;
        }
        int start = from;
        for (int index = from; index <= to; index++) {
            if (index < to && text.charAt(index) != '.') {
                if (!Bits.isAlphabet(text.charAt(index))) {
                    return SignalProblem.TCF_MALFORMED;
                }
                continue;
            }
            bits.open(text, start, index);
            SignalProblem problem = start == from ? readCore() : readSegment();
            if (problem != null) {
                return problem;
            }
            start = index + 1;
        }
        return null;
    }

    private @Nullable SignalProblem readCore() {
        int version = bits.readInt(6);
        if (version != VERSION) {
            return bits.overrun() ? SignalProblem.TCF_MALFORMED : SignalProblem.TCF_VERSION_UNSUPPORTED;
        }
        created = bits.read(36) * 100;
        updated = bits.read(36) * 100;
        // Consent platform, its version, screen, language, vendor list version.
        bits.skip(12 + 12 + 6 + 12 + 12);
        policyVersion = bits.readInt(6);
        serviceSpecific = bits.readFlag();
        // Non-standard texts, special features.
        bits.skip(1 + 12);
        consent = readPurposes();
        legitimateInterest = readPurposes() & LEGITIMATE_INTEREST_BITS;
        // Purpose one treatment, publisher's country. Purpose 1 not disclosed is purpose 1 not agreed to.
        bits.skip(1 + 12);
        int vendorConsent = VendorList.read(bits, vendorId);
        int vendorLegitimateInterest = VendorList.read(bits, vendorId);
        if (vendorConsent == VendorList.MALFORMED
                || vendorLegitimateInterest == VendorList.MALFORMED
                || !readRestrictions()) {
            return SignalProblem.TCF_MALFORMED;
        }
        if (vendorConsent == VendorList.ABSENT) {
            consent = 0;
        }
        if (vendorLegitimateInterest == VendorList.ABSENT) {
            legitimateInterest = 0;
        }
        return null;
    }

    /**
     * Applies the publisher's restrictions on our vendor to what the person agreed to. A restriction only ever
     * removes: one that our purpose cannot meet leaves neither basis. Type 3 is not defined and is read as the
     * strictest.
     */
    private boolean readRestrictions() {
        int count = bits.readInt(12);
        for (int restriction = 0; restriction < count && !bits.overrun(); restriction++) {
            int purposeId = bits.readInt(6);
            int type = bits.readInt(2);
            int restricted = VendorList.readRanges(bits, vendorId, 0xFFFF);
            if (restricted == VendorList.MALFORMED || purposeId == 0) {
                return false;
            }
            if (restricted == VendorList.PRESENT && purposeId <= Purpose.count()) {
                int bit = Purpose.ofTcf(purposeId).bit();
                if (type != RESTRICTION_REQUIRE_CONSENT) {
                    consent &= ~bit;
                }
                if (type != RESTRICTION_REQUIRE_LEGITIMATE_INTEREST) {
                    legitimateInterest &= ~bit;
                }
            }
        }
        return !bits.overrun();
    }

    private @Nullable SignalProblem readSegment() {
        int type = bits.readInt(3);
        if (bits.overrun() || type < SEGMENT_DISCLOSED_VENDORS || type > SEGMENT_PUBLISHER || hasSegment(type)) {
            return SignalProblem.TCF_MALFORMED;
        }
        segments |= 1 << type;
        if (type == SEGMENT_PUBLISHER) {
            publisherConsent = readPurposes();
            publisherLegitimateInterest = readPurposes() & LEGITIMATE_INTEREST_BITS;
            int customPurposes = bits.readInt(6);
            bits.skip(2 * customPurposes);
            return bits.overrun() ? SignalProblem.TCF_MALFORMED : null;
        }
        // The allowed vendors segment belongs to the abolished global scope: well-formed it is harmless, and ignored.
        int listed = VendorList.read(bits, vendorId);
        if (listed == VendorList.MALFORMED) {
            return SignalProblem.TCF_MALFORMED;
        }
        if (type != SEGMENT_ALLOWED_VENDORS) {
            vendorDisclosed = listed == VendorList.PRESENT;
        }
        return null;
    }

    private @Nullable SignalProblem validate(long now) {
        if (!serviceSpecific) {
            return SignalProblem.TCF_NOT_SERVICE_SPECIFIC;
        }
        if (policyVersion < MIN_POLICY_VERSION) {
            return SignalProblem.TCF_POLICY_TOO_OLD;
        }
        // The two times should be equal; where they are not, the stricter reading of each rule.
        if (Math.max(created, updated) > now + MAX_AHEAD_MILLIS) {
            return SignalProblem.TCF_FROM_FUTURE;
        }
        if (Math.min(created, updated) < now - MAX_AGE_MILLIS) {
            return SignalProblem.TCF_EXPIRED;
        }
        boolean disclosed = hasSegment(SEGMENT_DISCLOSED_VENDORS);
        if (!disclosed && updated >= DISCLOSED_VENDORS_SINCE) {
            return SignalProblem.TCF_VENDORS_NOT_DISCLOSED;
        }
        if (disclosed && vendorId != 0 && !vendorDisclosed) {
            return SignalProblem.TCF_VENDOR_NOT_DISCLOSED;
        }
        return null;
    }

    private boolean hasSegment(int type) {
        return (segments & 1 << type) != 0;
    }

    /** 24 bits, purpose 1 first, as a mask of our purposes. */
    private int readPurposes() {
        return Integer.reverse(bits.readInt(24) << 8) & Purpose.ALL_BITS;
    }
}
