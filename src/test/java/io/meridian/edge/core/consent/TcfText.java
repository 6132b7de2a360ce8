package io.meridian.edge.core.consent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A TC string field by field, so that tests can write what encoders refuse to. Starts valid, with nothing agreed to.
 */
final class TcfText {
    /** 2026-06-15T00:00Z. */
    static final long NOW = 1_781_481_600_000L;

    static final int VENDOR = 42;
    static final int HIGHEST_VENDOR = 60;

    int version = 2;
    long created = NOW - 30L * 24 * 3600 * 1000;
    long updated = created;
    int policyVersion = 5;
    boolean serviceSpecific = true;
    int consent;
    int legitimateInterest;
    boolean vendorConsent;
    boolean vendorLegitimateInterest;
    boolean ranges;
    /** Purpose, type, first vendor, last vendor. */
    List<int[]> restrictions = new ArrayList<>();

    boolean disclosedSegment = true;
    boolean vendorDisclosed = true;
    boolean publisherSegment = true;
    int publisherConsent;
    int publisherLegitimateInterest;
    int customPurposes;

    @Nullable
    String appended;

    String core() {
        BitText bits = new BitText()
                .put(version, 6)
                .put(created / 100, 36)
                .put(updated / 100, 36)
                .put(21, 12)
                .put(7, 12)
                .put(1, 6)
                .put(3 << 6 | 4, 12)
                .put(150, 12)
                .put(policyVersion, 6)
                .put(serviceSpecific ? 1 : 0, 1)
                .put(0, 1)
                .put(0, 12)
                .putPurposes(consent)
                .putPurposes(legitimateInterest)
                .put(0, 1)
                .put(3 << 6 | 4, 12);
        putVendor(bits, vendorConsent);
        putVendor(bits, vendorLegitimateInterest);
        bits.put(restrictions.size(), 12);
        for (int[] restriction : restrictions) {
            bits.put(restriction[0], 6).put(restriction[1], 2).put(1, 12);
            bits.put(1, 1).put(restriction[2], 16).put(restriction[3], 16);
        }
        return bits.text();
    }

    String disclosed() {
        BitText bits = new BitText().put(1, 3);
        putVendor(bits, vendorDisclosed);
        return bits.text();
    }

    String publisher() {
        return new BitText()
                .put(3, 3)
                .putPurposes(publisherConsent)
                .putPurposes(publisherLegitimateInterest)
                .put(customPurposes, 6)
                .put(0, customPurposes * 2)
                .text();
    }

    String text() {
        return core()
                + (disclosedSegment ? "." + disclosed() : "")
                + (publisherSegment ? "." + publisher() : "")
                + (appended == null ? "" : "." + appended);
    }

    private void putVendor(BitText bits, boolean present) {
        bits.put(HIGHEST_VENDOR, 16).put(ranges ? 1 : 0, 1);
        if (ranges) {
            bits.put(present ? 2 : 1, 12).put(0, 1).put(7, 16);
            if (present) {
                bits.put(1, 1).put(VENDOR - 1, 16).put(VENDOR + 1, 16);
            }
        } else {
            for (int vendor = 1; vendor <= HIGHEST_VENDOR; vendor++) {
                bits.put(vendor == 7 || present && vendor == VENDOR ? 1 : 0, 1);
            }
        }
    }
}
