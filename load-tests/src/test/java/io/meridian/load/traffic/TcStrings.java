package io.meridian.load.traffic;

import com.iabtcf.encoder.TCStringEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * TC strings as consent managers write them, by the IAB's own encoder, dated today: a stored string would expire after 13 months. Version
 * 2.3 asks for the vendors disclosed.
 */
final class TcStrings {
    private static final int[] ALL = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    private static final int[] NOTHING_PERSONAL = {1, 2, 7, 8, 9, 10, 11};
    private static final int[] VENDORS = {1, 52, 76, 132, 755};

    /** Consent to every purpose. */
    final String all;

    /** No consent to profiles for content or advertising, or to content or advertising chosen by them: purposes 3 to 6. */
    final String nothingPersonal;

    TcStrings(Instant now) {
        all = encode(now, ALL);
        nothingPersonal = encode(now, NOTHING_PERSONAL);
    }

    private static String encode(Instant now, int[] purposes) {
        Instant day = now.truncatedTo(ChronoUnit.DAYS);
        TCStringEncoder.Builder builder = TCStringEncoder.newBuilder()
                .version(2)
                .created(day)
                .lastUpdated(day)
                .cmpId(10)
                .cmpVersion(1)
                .consentScreen(1)
                .consentLanguage("EN")
                .vendorListVersion(150)
                .tcfPolicyVersion(5)
                .isServiceSpecific(true)
                .publisherCC("DE");
        for (int purpose : purposes) {
            builder.addPurposesConsent(purpose).addPubPurposesConsent(purpose);
        }
        for (int vendor : VENDORS) {
            builder.addVendorConsent(vendor).addDisclosedVendors(vendor);
        }
        return builder.encode();
    }
}
