package io.meridian.edge.core.consent;

import static io.meridian.edge.core.consent.Signals.assertProblem;
import static io.meridian.edge.core.consent.Signals.bits;
import static io.meridian.edge.core.consent.Signals.decode;
import static io.meridian.edge.core.consent.Signals.decodeAsVendor;
import static io.meridian.edge.core.consent.Signals.tcf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.meridian.edge.core.model.Purpose;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TcfDecoderTest {
    private static final long DAY = 24L * 3600 * 1000;

    @Test
    void readsTheSpecificationsExample() {
        // "Consent string and vendor list formats v2", TC String Format: well-formed, but of a policy before version 4.
        String text = "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA";
        long then = Instant.parse("2025-06-10T00:00:00Z").toEpochMilli();
        ConsentSignals signals = ConsentSignals.decode(tcf(text), TcfBasis.publisher(), then);
        assertProblem(SignalProblem.TCF_POLICY_TOO_OLD, signals);
        // The same string with the policy version raised to 5 (its six bits end the 22nd and begin the 23rd character).
        String current = text.substring(0, 22) + "F" + text.substring(23);
        signals = ConsentSignals.decode(tcf(current), TcfBasis.publisher(), then);
        assertProblem(null, signals);
        assertEquals(Purpose.ALL_BITS, signals.refused());
        assertEquals("TCF_REFUSED", signals.because(Purpose.STORE));
    }

    @Test
    void publisherReadsThePublisherSegment() {
        TcfText text = new TcfText();
        text.consent = Purpose.ALL_BITS;
        text.vendorConsent = true;
        text.publisherConsent = bits(Purpose.STORE, Purpose.SELECT_CONTENT);
        text.publisherLegitimateInterest = bits(Purpose.MEASURE, Purpose.CONTEXTUAL);
        ConsentSignals signals = decode(tcf(text.text()));
        assertEquals(bits(Purpose.STORE, Purpose.SELECT_CONTENT), signals.consented());
        assertEquals(bits(Purpose.MEASURE, Purpose.CONTEXTUAL), signals.legitimateInterest());
        assertEquals(
                Purpose.ALL_BITS & ~bits(Purpose.STORE, Purpose.SELECT_CONTENT, Purpose.MEASURE, Purpose.CONTEXTUAL),
                signals.refused());
        assertEquals(Purpose.ALL_BITS & ~bits(Purpose.STORE, Purpose.SELECT_CONTENT), signals.withheld());
    }

    @Test
    void withoutAPublisherSegmentNothingIsSaidOfThePublisher() {
        TcfText text = new TcfText();
        text.publisherSegment = false;
        ConsentSignals signals = decode(tcf(text.text()));
        assertProblem(null, signals);
        assertEquals(0, signals.withheld());
    }

    @Test
    void vendorNeedsItsOwnBitAndThePurposesBit() {
        for (boolean ranges : new boolean[] {false, true}) {
            TcfText text = new TcfText();
            text.ranges = ranges;
            text.consent = bits(Purpose.STORE, Purpose.SELECT_CONTENT);
            text.legitimateInterest = bits(Purpose.MEASURE);
            text.publisherConsent = Purpose.ALL_BITS;
            assertEquals(Purpose.ALL_BITS, decodeAsVendor(tcf(text.text())).refused());
            text.vendorConsent = true;
            assertEquals(text.consent, decodeAsVendor(tcf(text.text())).consented());
            assertEquals(0, decodeAsVendor(tcf(text.text())).legitimateInterest());
            text.vendorLegitimateInterest = true;
            assertEquals(
                    text.legitimateInterest, decodeAsVendor(tcf(text.text())).legitimateInterest());
        }
    }

    @Test
    void legitimateInterestIsIgnoredWhereTheFrameworkHasNone() {
        TcfText text = new TcfText();
        text.legitimateInterest = Purpose.ALL_BITS;
        text.vendorLegitimateInterest = true;
        text.publisherLegitimateInterest = Purpose.ALL_BITS;
        int expected = bits(
                Purpose.CONTEXTUAL_ADS,
                Purpose.MEASURE_ADS,
                Purpose.MEASURE,
                Purpose.AUDIENCE_STATS,
                Purpose.IMPROVE,
                Purpose.CONTEXTUAL);
        assertEquals(expected, decode(tcf(text.text())).legitimateInterest());
        assertEquals(expected, decodeAsVendor(tcf(text.text())).legitimateInterest());
    }

    @Test
    void restrictionsComeFirst() {
        int measure = Purpose.MEASURE.bit();
        int store = Purpose.STORE.bit();
        // Restriction type -> is consent left, is legitimate interest left.
        boolean[][] left = {{false, false}, {true, false}, {false, true}, {false, false}};
        for (int type = 0; type <= 3; type++) {
            TcfText text = allowingVendor();
            text.restrictions.add(new int[] {Purpose.MEASURE.tcfId(), type, 40, 50});
            text.restrictions.add(new int[] {Purpose.STORE.tcfId(), type, 42, 42});
            ConsentSignals signals = decodeAsVendor(tcf(text.text()));
            assertEquals(left[type][0], (signals.consented() & measure) != 0, "consent, type " + type);
            assertEquals(left[type][1], (signals.legitimateInterest() & measure) != 0, "interest, type " + type);
            // Purpose 1 knows consent only: a demand for legitimate interest cannot be met.
            assertEquals(type != 1, (signals.refused() & store) != 0, "store, type " + type);
        }
        TcfText contradictory = allowingVendor();
        contradictory.restrictions.add(new int[] {Purpose.MEASURE.tcfId(), 1, 42, 42});
        contradictory.restrictions.add(new int[] {Purpose.MEASURE.tcfId(), 2, 42, 42});
        assertEquals(measure, decodeAsVendor(tcf(contradictory.text())).refused());
    }

    @Test
    void restrictionsOfOthersAndOfUnknownPurposesDoNotMatter() {
        TcfText text = allowingVendor();
        text.restrictions.add(new int[] {Purpose.MEASURE.tcfId(), 0, 43, 50});
        text.restrictions.add(new int[] {24, 0, 42, 42});
        assertEquals(0, decodeAsVendor(tcf(text.text())).refused());
    }

    @Test
    void isValidFromADayAheadTo13Months() {
        long[][] edges = {
            {TcfText.NOW + DAY, 0},
            {TcfText.NOW + DAY + 100, 1},
            {TcfText.NOW - 395 * DAY, 0},
            {TcfText.NOW - 395 * DAY - 100, 2}
        };
        for (long[] edge : edges) {
            for (boolean updatedOnly : new boolean[] {false, true}) {
                TcfText text = new TcfText();
                text.updated = edge[0];
                text.created = updatedOnly ? text.created : edge[0];
                SignalProblem expected = edge[1] == 1 ? SignalProblem.TCF_FROM_FUTURE : SignalProblem.TCF_EXPIRED;
                assertProblem(edge[1] == 0 ? null : expected, decode(tcf(text.text())));
            }
        }
        TcfText text = new TcfText();
        text.created = TcfText.NOW - 396 * DAY;
        assertProblem(SignalProblem.TCF_EXPIRED, decode(tcf(text.text())));
    }

    @Test
    void disclosedVendorsAreMandatorySinceMarch2026() {
        assertEquals(Instant.parse("2026-03-01T00:00:00Z").toEpochMilli(), TcfDecoder.DISCLOSED_VENDORS_SINCE);
        TcfText text = new TcfText();
        text.disclosedSegment = false;
        text.created = text.updated = TcfDecoder.DISCLOSED_VENDORS_SINCE - 100;
        assertProblem(null, decode(tcf(text.text())));
        text.created = text.updated = TcfDecoder.DISCLOSED_VENDORS_SINCE;
        assertProblem(SignalProblem.TCF_VENDORS_NOT_DISCLOSED, decode(tcf(text.text())));
    }

    @Test
    void vendorMustBeDisclosed() {
        TcfText text = allowingVendor();
        text.vendorDisclosed = false;
        assertProblem(SignalProblem.TCF_VENDOR_NOT_DISCLOSED, decodeAsVendor(tcf(text.text())));
        assertProblem(null, decode(tcf(text.text())));
    }

    @Test
    void invalidStringsRefuseEverything() {
        TcfText global = new TcfText();
        global.serviceSpecific = false;
        TcfText old = new TcfText();
        old.policyVersion = 3;
        TcfText first = new TcfText();
        first.version = 1;
        TcfText twice = new TcfText();
        twice.appended = twice.publisher();
        TcfText unknown = new TcfText();
        unknown.appended = new BitText().put(4, 3).put(0, 40).text();
        TcfText backwards = new TcfText();
        backwards.restrictions.add(new int[] {1, 0, 9, 8});
        TcfText nobody = new TcfText();
        nobody.restrictions.add(new int[] {1, 0, 0, 8});
        Object[][] cases = {
            {SignalProblem.TCF_NOT_SERVICE_SPECIFIC, global.text()},
            {SignalProblem.TCF_POLICY_TOO_OLD, old.text()},
            {SignalProblem.TCF_VERSION_UNSUPPORTED, first.text()},
            {SignalProblem.TCF_MALFORMED, twice.text()},
            {SignalProblem.TCF_MALFORMED, unknown.text()},
            {SignalProblem.TCF_MALFORMED, backwards.text()},
            {SignalProblem.TCF_MALFORMED, nobody.text()},
            {SignalProblem.TCF_MALFORMED, ""},
            {SignalProblem.TCF_MALFORMED, "."},
            {SignalProblem.TCF_MALFORMED, new TcfText().text() + "."},
            {SignalProblem.TCF_MALFORMED, new TcfText().text() + "="},
            {SignalProblem.TCF_MALFORMED, new TcfText().text() + "\u00e9"},
            {SignalProblem.TCF_TOO_LONG, "C".repeat(TcfDecoder.MAX_LENGTH + 1)},
        };
        for (Object[] one : cases) {
            ConsentSignals signals = decode(tcf((String) one[1]));
            assertProblem((SignalProblem) one[0], signals);
            assertEquals(Purpose.ALL_BITS, signals.refused());
            assertEquals(((SignalProblem) one[0]).name(), signals.because(Purpose.SELECT_CONTENT));
        }
    }

    @Test
    void rangesBeyondTheHighestVendorAreMalformed() {
        int[][] ranges = {{61, 61}, {50, 61}, {9, 8}, {0, 5}};
        for (int[] range : ranges) {
            TcfText text = new TcfText();
            text.disclosedSegment = false;
            text.appended = new BitText()
                    .put(1, 3)
                    .put(TcfText.HIGHEST_VENDOR, 16)
                    .put(1, 1)
                    .put(1, 12)
                    .put(1, 1)
                    .put(range[0], 16)
                    .put(range[1], 16)
                    .text();
            assertProblem(SignalProblem.TCF_MALFORMED, decode(tcf(text.text())));
        }
    }

    @Test
    void vendorIdsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> TcfBasis.vendor(0));
        assertThrows(IllegalArgumentException.class, () -> TcfBasis.vendor(65_536));
    }

    private static TcfText allowingVendor() {
        TcfText text = new TcfText();
        text.consent = Purpose.ALL_BITS;
        text.legitimateInterest = Purpose.ALL_BITS;
        text.vendorConsent = true;
        text.vendorLegitimateInterest = true;
        return text;
    }
}
