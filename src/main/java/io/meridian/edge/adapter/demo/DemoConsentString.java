package io.meridian.edge.adapter.demo;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Set;

/**
 * TC strings for a demonstration's ready-made calls: version 2, service-specific, with the publisher's own purposes and without consent to any vendor.
 * A printed string would expire after 13 months, so it is made when the demonstration starts.
 *
 * <p>Format: IAB Europe, "Transparency and Consent String with Global Vendor &amp; CMP List Formats", version 2.3.
 */
public final class DemoConsentString {
    private static final int POLICY_VERSION = 5;
    private static final int PURPOSE_BITS = 24;

    private BigInteger bits = BigInteger.ZERO;
    private int length;

    private DemoConsentString() {}

    /**
     * A TC string.
     *
     * @param purposes TCF numbers of the purposes consented to, 1 to 11
     * @param now its date
     */
    public static String of(Set<Integer> purposes, Instant now) {
        return core(purposes, now) + "." + disclosedVendors() + "." + publisher(purposes);
    }

    private static String core(Set<Integer> purposes, Instant now) {
        DemoConsentString out = new DemoConsentString();
        // Since 2.2 both dates are those of the day.
        long deciseconds = now.truncatedTo(ChronoUnit.DAYS).toEpochMilli() / 100;
        out.add(2, 6).add(deciseconds, 36).add(deciseconds, 36);
        out.add(10, 12).add(1, 12).add(1, 6).add('E' - 'A', 6).add('N' - 'A', 6).add(150, 12);
        out.add(POLICY_VERSION, 6).add(1, 1).add(0, 1).add(0, 12);
        out.addPurposes(purposes).addPurposes(Set.of());
        out.add(0, 1).add('D' - 'A', 6).add('E' - 'A', 6);
        // Consented vendors, vendors with a legitimate interest: a field of none each. No publisher restrictions.
        return out.add(0, 16).add(0, 1).add(0, 16).add(0, 1).add(0, 12).text();
    }

    private static String disclosedVendors() {
        return new DemoConsentString().add(1, 3).add(1, 16).add(0, 1).add(1, 1).text();
    }

    private static String publisher(Set<Integer> purposes) {
        return new DemoConsentString()
                .add(3, 3)
                .addPurposes(purposes)
                .addPurposes(Set.of())
                .add(0, 6)
                .text();
    }

    private DemoConsentString addPurposes(Set<Integer> purposes) {
        for (int purpose = 1; purpose <= PURPOSE_BITS; purpose++) {
            add(purposes.contains(purpose) ? 1 : 0, 1);
        }
        return this;
    }

    private DemoConsentString add(long value, int width) {
        bits = bits.shiftLeft(width).or(BigInteger.valueOf(value));
        length += width;
        return this;
    }

    private String text() {
        int bytes = (length + 7) / 8;
        byte[] out = new byte[bytes];
        BigInteger padded = bits.shiftLeft(bytes * 8 - length);
        for (int i = bytes - 1; i >= 0; i--) {
            out[i] = padded.byteValue();
            padded = padded.shiftRight(8);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out);
    }
}
