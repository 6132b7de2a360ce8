package io.meridian.edge.core.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.iabtcf.decoder.TCString;
import com.iabtcf.encoder.PublisherRestrictionEntry;
import com.iabtcf.encoder.TCStringEncoder;
import com.iabtcf.utils.IntIterable;
import com.iabtcf.v2.PublisherRestriction;
import com.iabtcf.v2.RestrictionType;
import io.meridian.edge.core.model.Purpose;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Our reading of TC strings against the IAB's Java library, on strings that its encoder wrote.
 *
 * <p>Where we mean to differ: the library knows no validity (age, policy, scope, disclosed vendors), reads version 1,
 * keeps one of two equal segments in silence, takes base64 padding, and leaves the law of restrictions to its caller.
 * Those are tested apart; here the strings are valid and the law is written out a second time, from the library's
 * sets.
 */
class TcfDifferentialTest {
    private static final long SEED = 20260615;

    @Test
    void readsWhatTheLibraryReads() {
        int rounds = Signals.thorough() ? 200_000 : 3_000;
        SplittableRandom random = new SplittableRandom(SEED);
        int[] seen = new int[3];
        for (int round = 0; round < rounds; round++) {
            String text = generate(random);
            TCString oracle = TCString.decode(text);
            int vendor = 1 + random.nextInt(130);
            String which = "seed " + SEED + " round " + round + " vendor " + vendor + " " + text;

            ConsentSignals publisher = Signals.decode(Signals.tcf(text));
            Signals.assertProblem(null, publisher);
            if (text.chars().filter(character -> character == '.').count() == 2) {
                assertEquals(mask(oracle.getPubPurposesConsent()), publisher.consented(), which);
                assertEquals(
                        mask(oracle.getPubPurposesLITransparency()) & TcfDecoder.LEGITIMATE_INTEREST_BITS,
                        publisher.legitimateInterest(),
                        which);
                seen[0]++;
            } else {
                assertEquals(0, publisher.withheld() | publisher.consented(), which);
            }

            ConsentSignals signals = ConsentSignals.decode(Signals.tcf(text), TcfBasis.vendor(vendor), TcfText.NOW);
            if (!oracle.getDisclosedVendors().contains(vendor)) {
                Signals.assertProblem(SignalProblem.TCF_VENDOR_NOT_DISCLOSED, signals);
                continue;
            }
            Signals.assertProblem(null, signals);
            assertEquals(consent(oracle, vendor), signals.consented(), which);
            assertEquals(interest(oracle, vendor), signals.legitimateInterest(), which);
            seen[1] += signals.consented() == 0 ? 0 : 1;
            seen[2] += signals.legitimateInterest() == 0 ? 0 : 1;
        }
        for (int count : seen) {
            assertTrue(count > rounds / 20, "the generator must reach every case");
        }
    }

    private static int consent(TCString oracle, int vendor) {
        int mask = oracle.getVendorConsent().contains(vendor) ? mask(oracle.getPurposesConsent()) : 0;
        return mask & ~restricted(oracle, vendor, RestrictionType.REQUIRE_LEGITIMATE_INTEREST);
    }

    private static int interest(TCString oracle, int vendor) {
        int mask = oracle.getVendorLegitimateInterest().contains(vendor) ? mask(oracle.getPurposesLITransparency()) : 0;
        return mask
                & TcfDecoder.LEGITIMATE_INTEREST_BITS
                & ~restricted(oracle, vendor, RestrictionType.REQUIRE_CONSENT);
    }

    private static int restricted(TCString oracle, int vendor, RestrictionType contrary) {
        int mask = 0;
        for (PublisherRestriction restriction : oracle.getPublisherRestrictions()) {
            boolean applies = restriction.getRestrictionType() == contrary
                    || restriction.getRestrictionType() == RestrictionType.NOT_ALLOWED;
            if (applies && restriction.getVendorIds().contains(vendor) && restriction.getPurposeId() <= 11) {
                mask |= Purpose.ofTcf(restriction.getPurposeId()).bit();
            }
        }
        return mask;
    }

    private static int mask(IntIterable purposes) {
        int mask = 0;
        for (int id : purposes.toSet()) {
            mask |= id <= 11 ? Purpose.ofTcf(id).bit() : 0;
        }
        return mask;
    }

    static String generate(SplittableRandom random) {
        Instant updated = Instant.ofEpochMilli(TcfText.NOW - random.nextLong(100L * 24 * 3600 * 1000));
        TCStringEncoder.Builder builder = TCStringEncoder.newBuilder()
                .version(2)
                .created(updated)
                .lastUpdated(updated)
                .cmpId(random.nextInt(4096))
                .cmpVersion(random.nextInt(4096))
                .consentScreen(random.nextInt(64))
                .consentLanguage("DE")
                .vendorListVersion(random.nextInt(4096))
                .tcfPolicyVersion(4 + random.nextInt(2))
                .isServiceSpecific(true)
                .purposeOneTreatment(random.nextBoolean())
                .publisherCC("AT");
        for (int purpose = 1; purpose <= 24; purpose++) {
            if (random.nextInt(3) > 0) {
                builder.addPurposesConsent(purpose);
            }
            if (random.nextInt(3) > 0) {
                builder.addPurposesLITransparency(purpose);
            }
        }
        // Sparse sets come out as ranges, dense ones as bit fields.
        int[] densities = {random.nextInt(100), random.nextInt(100), 30 + random.nextInt(71)};
        int highest = 1 + random.nextInt(200);
        builder.addDisclosedVendors(1);
        for (int vendor = 1; vendor <= highest; vendor++) {
            if (random.nextInt(100) < densities[0]) {
                builder.addVendorConsent(vendor);
            }
            if (random.nextInt(100) < densities[1]) {
                builder.addVendorLegitimateInterest(vendor);
            }
            if (random.nextInt(100) < densities[2]) {
                builder.addDisclosedVendors(vendor);
            }
        }
        int restrictions = random.nextInt(5);
        for (int index = 0; index < restrictions; index++) {
            PublisherRestrictionEntry.Builder entry = PublisherRestrictionEntry.newBuilder()
                    .purposeId(1 + random.nextInt(12))
                    .restrictionType(RestrictionType.from(random.nextInt(3)));
            for (int vendor = 1; vendor <= highest; vendor++) {
                if (random.nextInt(3) == 0) {
                    entry.addVendor(vendor);
                }
            }
            builder.addPublisherRestrictionEntry(entry.addVendor(highest).build());
        }
        if (random.nextInt(4) > 0) {
            builder.addPubPurposesConsent(1 + random.nextInt(24));
            for (int purpose = 1; purpose <= 24; purpose++) {
                if (random.nextBoolean()) {
                    builder.addPubPurposesConsent(purpose);
                }
                if (random.nextBoolean()) {
                    builder.addPubPurposesLITransparency(purpose);
                }
                if (random.nextInt(10) == 0) {
                    builder.addCustomPurposesConsent(purpose);
                }
            }
        }
        return builder.encode();
    }
}
