package io.meridian.edge.core.consent;

import static io.meridian.edge.core.consent.Signals.assertProblem;
import static io.meridian.edge.core.consent.Signals.bits;
import static io.meridian.edge.core.consent.Signals.decode;
import static io.meridian.edge.core.consent.Signals.everywhere;
import static io.meridian.edge.core.consent.Signals.gpp;
import static io.meridian.edge.core.consent.Signals.usPrivacy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.model.Basis;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.Jurisdiction;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.SignalFramework;
import org.junit.jupiter.api.Test;

class GppDecoderTest {
    private static final int ADS = bits(Purpose.BUILD_AD_PROFILE, Purpose.SELECT_ADS, Purpose.MEASURE_ADS);
    private static final Jurisdiction US = everywhere(Basis.OPT_OUT, SignalFramework.GPP);

    @Test
    void readsStringsAsTheyAreFoundInTheWild() {
        // The national section, version 1 in its narrow form: notices given, nothing opted out of, GPC off.
        ConsentSignals usnat = decode(gpp("DBABLA~BVQqAAAAAgA.QA", 7));
        assertProblem(null, usnat);
        assertEquals(0, usnat.refused());
        assertEquals(ADS, usnat.notOptedOut(US));
        // TCF and US Privacy side by side, from the specification's header examples.
        ConsentSignals both = decode(gpp("DBACNY~" + new TcfText().text() + "~1YYN"));
        assertProblem(null, both);
        assertTrue(both.spoke(SignalFramework.TCF));
        assertTrue(both.spoke(SignalFramework.US_PRIVACY));
        // A platform with nothing to say.
        ConsentSignals nothing = decode(gpp("DBAA"));
        assertProblem(null, nothing);
        assertEquals(0, nothing.refused());
    }

    @Test
    void everyOptOutRefusesAdvertisingAndNothingElse() {
        for (UsSection section : UsSection.values()) {
            for (int offset : new int[] {section.sale, section.sharing, section.advertising}) {
                if (offset == 0) {
                    continue;
                }
                ConsentSignals signals =
                        decode(gpp(new UsText(section).set(offset, 1).gpp(), section.id));
                assertProblem(null, signals);
                assertEquals(ADS, signals.refused(), section + " at " + offset);
                assertEquals("GPP_OPT_OUT", signals.because(Purpose.SELECT_ADS));
                ConsentSignals not =
                        decode(gpp(new UsText(section).set(offset, 2).gpp(), section.id));
                assertEquals(0, not.refused());
                assertEquals(ADS, not.notOptedOut(US), section + " at " + offset);
                assertEquals(0, not.notOptedOut(everywhere(Basis.OPT_OUT, SignalFramework.TCF)));
                assertProblem(
                        SignalProblem.GPP_SECTION_MALFORMED,
                        decode(gpp(new UsText(section).set(offset, 3).gpp())));
            }
        }
    }

    @Test
    void aChoiceWithoutNoticePermitsNothing() {
        for (UsSection section : UsSection.values()) {
            UsText text = new UsText(section).set(section.sale, 2).set(section.saleNotice, 2);
            assertEquals(0, decode(gpp(text.gpp())).notOptedOut(US));
        }
    }

    @Test
    void sensitiveDataMeansConsentOrOptOutBySection() {
        for (UsSection section : UsSection.values()) {
            boolean optOut = section == UsSection.USCA || section == UsSection.USUT || section == UsSection.USIA;
            for (int index = 0; index < section.sensitiveCount; index++) {
                UsText text = new UsText(section).sensitive(index, 2);
                assertEquals(
                        optOut ? SensitiveStatement.NOT_OPTED_OUT : SensitiveStatement.CONSENTED,
                        decode(gpp(text.gpp())).sensitive(),
                        section + " field " + index);
                text.sensitive((index + 1) % section.sensitiveCount, 1);
                ConsentSignals signals = decode(gpp(text.gpp()));
                assertEquals(SensitiveStatement.REFUSED, signals.sensitive(), section + " field " + index);
                assertEquals(0, signals.refused());
            }
        }
    }

    @Test
    void aKnownChildWithoutConsentRefusesMore() {
        for (UsSection section : UsSection.values()) {
            for (int index = 0; index < section.childCount; index++) {
                ConsentSignals signals =
                        decode(gpp(new UsText(section).child(index, 1).gpp()));
                int expected = index < section.childProcessingCount
                        ? Purpose.ALL_BITS & ~bits(Purpose.CONTEXTUAL, Purpose.CONTEXTUAL_ADS)
                        : ADS;
                assertEquals(expected, signals.refused(), section + " field " + index);
                assertEquals(SensitiveStatement.REFUSED, signals.sensitive());
                assertEquals(
                        0,
                        decode(gpp(new UsText(section).child(index, 2).gpp())).refused());
            }
        }
    }

    @Test
    void theGpcSegmentIsGlobalPrivacyControl() {
        ConsentSignals on = decode(gpp(new UsText(UsSection.USNAT)
                .set(UsSection.USNAT.sale, 2)
                .gpc(true)
                .gpp()));
        assertEquals(ADS, on.refused());
        assertEquals("GPC", on.because(Purpose.SELECT_ADS));
        assertEquals(
                0, decode(gpp(new UsText(UsSection.USNAT).gpc(false).gpp())).refused());
        assertEquals(ADS, decode(Signals.gpc()).refused());
    }

    @Test
    void versionOneOfTheNationalSectionHasTwoWidths() {
        UsText wide = new UsText(UsSection.USNAT);
        wide.version = 1;
        assertEquals(
                SensitiveStatement.CONSENTED,
                decode(gpp(wide.sensitive(15, 2).gpp())).sensitive());
        // Narrow: 12 sensitive fields, 2 of children, and then no consent to further use, which is none of these.
        BitText narrow = new BitText()
                .put(1, 6)
                .put(0, 18)
                .put(0, 24)
                .put(0b0010, 4)
                .put(1, 2)
                .put(0b101010, 6);
        assertEquals(60, narrow.length());
        ConsentSignals signals = decode(gpp(UsText.header(7) + "~" + narrow.text()));
        assertProblem(null, signals);
        assertEquals(0, signals.refused());
        assertEquals(SensitiveStatement.NONE, signals.sensitive());
        // The same, padded to whole groups of 24 bits as older encoders do.
        assertEquals(
                0,
                decode(gpp(UsText.header(7) + "~" + narrow.put(0, 12).text())).refused());
    }

    @Test
    void aSectionNotInForceRefusesButDoesNotPermit() {
        UsText text = new UsText(UsSection.USCA).set(UsSection.USCA.sale, 2);
        String gpp = UsText.header(7, 8) + "~" + new UsText(UsSection.USNAT).text() + "~" + text.text();
        assertEquals(ADS, decode(gpp(gpp, 8)).notOptedOut(US));
        assertEquals(0, decode(gpp(gpp, 7)).notOptedOut(US));
        String sensitive = UsText.header(8) + "~"
                + new UsText(UsSection.USCA).sensitive(0, 2).text();
        assertEquals(SensitiveStatement.NONE, decode(gpp(sensitive, -1)).sensitive());
        assertEquals(SensitiveStatement.NOT_OPTED_OUT, decode(gpp(sensitive, 8)).sensitive());
        text.set(UsSection.USCA.sharing, 1);
        gpp = UsText.header(7, 8) + "~" + new UsText(UsSection.USNAT).text() + "~" + text.text();
        assertEquals(ADS, decode(gpp(gpp, 7)).refused());
    }

    @Test
    void aSectionInForceThatIsMissingOrUnknownRefuses() {
        assertProblem(SignalProblem.GPP_SECTION_MISSING, decode(gpp("DBAA", 7)));
        assertProblem(SignalProblem.TCF_MISSING, decode(gpp("DBAA", 2)));
        assertProblem(SignalProblem.GPP_SECTION_UNSUPPORTED, decode(gpp("DBAA", 5)));
        assertProblem(SignalProblem.GPP_SECTION_UNSUPPORTED, decode(gpp(UsText.header(5) + "~CPxyz")));
        assertProblem(null, decode(gpp(UsText.header(5) + "~CPxyz", -1)));
        assertProblem(null, decode(gpp("DBAA", -1, 0)));
        ConsentInput besides = new ConsentInput(null, new TcfText().text(), "DBAA", new int[] {2, 6}, false, "1YNN");
        assertProblem(null, decode(besides));
    }

    @Test
    void unreadableHeadersRefuseEverything() {
        String section = new UsText(UsSection.USVA).text();
        String[] texts = {
            "",
            "~",
            "D",
            "DBAB",
            "DBABRg",
            "DBABRg~" + section + "~",
            "DBABRg~" + section + "~" + section,
            "DBAA~" + section,
            "EBABRg~" + section,
            "DCABRg~" + section,
            "DBAB.g~" + section,
            "DBABR=~" + section,
            new BitText()
                            .put(3, 6)
                            .put(1, 6)
                            .put(1, 12)
                            .put(1, 1)
                            .putFibonacci(7)
                            .putFibonacci(900)
                            .text() + "~A",
            new BitText().put(3, 6).put(1, 6).put(4095, 12).text(),
        };
        for (String text : texts) {
            ConsentSignals signals = decode(gpp(text));
            assertTrue(SignalProblem.GPP_MALFORMED.in(signals.problems()), text);
            assertEquals(Purpose.ALL_BITS, signals.refused(), text);
            assertEquals(SensitiveStatement.REFUSED, signals.sensitive(), text);
        }
        assertProblem(SignalProblem.GPP_TOO_LONG, decode(gpp("D".repeat(GppDecoder.MAX_LENGTH + 1))));
    }

    @Test
    void headerRangesNameEverySectionBetween() {
        String header = new BitText()
                .put(3, 6)
                .put(1, 6)
                .put(1, 12)
                .put(1, 1)
                .putFibonacci(7)
                .putFibonacci(2)
                .text();
        String gpp = header + "~" + new UsText(UsSection.USNAT).text() + "~" + new UsText(UsSection.USCA).text() + "~"
                + new UsText(UsSection.USVA).set(UsSection.USVA.sale, 1).text();
        ConsentSignals signals = decode(gpp(gpp, 7, 8, 9));
        assertProblem(null, signals);
        assertEquals(ADS, signals.refused());
    }

    @Test
    void anUnreadableSectionRefusesWhatItCouldHaveRefused() {
        for (UsSection section : UsSection.values()) {
            String text = new UsText(section).text();
            String[] broken = {
                "",
                text.substring(0, text.length() - 2),
                "C" + text.substring(1) + ".",
                text + "..",
                text + ".QA.QA",
                text + ".AA",
                text + "!",
                "D" + text.substring(1)
            };
            for (String one : broken) {
                ConsentSignals signals = decode(gpp(UsText.header(section.id) + "~" + one));
                assertProblem(SignalProblem.GPP_SECTION_MALFORMED, signals);
                assertEquals(UsSection.PERSONAL_BITS, signals.refused());
                assertFalse(Purpose.CONTEXTUAL.in(signals.refused()));
            }
        }
    }

    @Test
    void readsUsPrivacyStrings() {
        Jurisdiction accepting = everywhere(Basis.OPT_OUT, SignalFramework.US_PRIVACY);
        for (String optedOut : new String[] {"1YYN", "1NYY", "1-Y-", "1yyn"}) {
            assertEquals(ADS, decode(usPrivacy(optedOut)).refused(), optedOut);
            assertEquals("US_PRIVACY_OPT_OUT", decode(usPrivacy(optedOut)).because(Purpose.MEASURE_ADS));
        }
        for (String not : new String[] {"1YNN", "1ynn", "1YNY", "1YN-"}) {
            assertEquals(0, decode(usPrivacy(not)).refused());
            assertEquals(ADS, decode(usPrivacy(not)).notOptedOut(accepting), not);
            assertEquals(0, decode(usPrivacy(not)).notOptedOut(US), not);
        }
        for (String silent : new String[] {"1---", "1NNN", "1-N-"}) {
            assertEquals(0, decode(usPrivacy(silent)).refused());
            assertEquals(0, decode(usPrivacy(silent)).notOptedOut(accepting), silent);
        }
        for (String broken : new String[] {"", "1", "2YNN", "1YN", "1YNNN", "1YXN", "1Y\u00d1N", "    "}) {
            assertProblem(SignalProblem.US_PRIVACY_MALFORMED, decode(usPrivacy(broken)));
            assertEquals(ADS, decode(usPrivacy(broken)).refused());
        }
    }
}
