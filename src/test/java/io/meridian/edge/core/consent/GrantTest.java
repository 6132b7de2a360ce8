package io.meridian.edge.core.consent;

import static io.meridian.edge.core.consent.Signals.bits;
import static io.meridian.edge.core.consent.Signals.everywhere;
import static io.meridian.edge.core.consent.Signals.gpp;
import static io.meridian.edge.core.consent.Signals.grant;
import static io.meridian.edge.core.consent.Signals.tcf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.consent.Grant.State;
import io.meridian.edge.core.model.Basis;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Jurisdiction;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.SignalFramework;
import io.meridian.edge.core.model.StoredConsent;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GrantTest {
    private static final Purpose CONTENT = Purpose.SELECT_CONTENT;
    private static final Purpose MEASURE = Purpose.MEASURE;
    private static final DataClass BEHAVIOUR = DataClass.BEHAVIOUR;

    @Test
    void withoutSignalsTheStoredRecordDecides() {
        for (Basis basis : Basis.values()) {
            Grant live = grant(everywhere(basis, SignalFramework.values()), ConsentInput.NONE);
            State open = basis == Basis.NEVER ? State.DENIED : State.SILENT;
            assertEquals(open, live.state(BEHAVIOUR, CONTENT));
            assertEquals(basis != Basis.NEVER, isSilent(live));
            assertEquals(basis == Basis.NEVER ? 0 : DataClass.ALL_BITS, live.silent(CONTENT));
            assertEquals(basis == Basis.NEVER ? 0 : Purpose.ALL_BITS, live.silentPurposes(BEHAVIOUR, basis));
            assertEquals(0, live.silentPurposes(BEHAVIOUR, basis == Basis.CONSENT ? Basis.OPT_OUT : Basis.CONSENT));
            assertEquals(0, live.grantedPurposes());

            int content = CONTENT.bit();
            assertEquals(byDefault(basis), allowed(live, null), basis + " without a record");
            assertEquals(
                    byDefault(basis) || basis == Basis.CONSENT,
                    allowed(live, new StoredConsent(content, 0, 0, 0, false)),
                    basis + " given");
            assertEquals(
                    basis != Basis.NEVER,
                    allowed(live, new StoredConsent(content, content, 0, 0, false)),
                    basis + " explicit");
            assertFalse(allowed(live, new StoredConsent(content, content, content, 0, false)), basis + " refused");
            assertFalse(allowed(live, StoredConsent.tombstone(0)), basis + " erased");
            assertFalse(
                    allowed(live, new StoredConsent(content, content, 0, 0, true)), basis + " erased, oddly stored");
            assertFalse(isSilent(live.resolve(null)));
        }
    }

    @Test
    void consentGivenLiveIsAllowedAndRefusedLiveIsDenied() {
        Jurisdiction gdpr = everywhere(Basis.CONSENT, SignalFramework.TCF);
        TcfText text = new TcfText();
        text.publisherConsent = bits(CONTENT, Purpose.STORE);
        text.publisherLegitimateInterest = MEASURE.bit();
        Grant live = grant(gdpr, tcf(text.text()));
        assertEquals(State.ALLOWED, live.state(BEHAVIOUR, CONTENT));
        assertEquals(DataClass.ALL_BITS, live.allowed(CONTENT));
        assertTrue(live.deviceReadable());
        // Legitimate interest does not stand in for consent where consent is asked for, nor does a stored consent.
        assertEquals(State.DENIED, live.state(BEHAVIOUR, MEASURE));
        Grant resolved = live.resolve(new StoredConsent(Purpose.ALL_BITS, 0, 0, 0, false));
        assertEquals(State.DENIED, resolved.state(BEHAVIOUR, MEASURE));
        assertEquals("TCF_REFUSED", resolved.because(MEASURE));
        assertEquals(bits(CONTENT, Purpose.STORE), resolved.grantedPurposes());
        // A stored refusal wins over a live consent.
        resolved = live.resolve(new StoredConsent(0, 0, CONTENT.bit(), 0, false));
        assertEquals(Purpose.STORE.bit(), resolved.grantedPurposes());
        assertEquals("STORED_REFUSAL", resolved.because(CONTENT));
        assertNull(resolved.because(Purpose.STORE));
        assertEquals("ERASED", live.resolve(StoredConsent.tombstone(0)).because(Purpose.STORE));
    }

    @Test
    void legitimateInterestStandsUntilObjectedTo() {
        Jurisdiction regime = everywhere(Basis.LEGITIMATE_INTEREST, SignalFramework.TCF);
        TcfText text = new TcfText();
        text.publisherLegitimateInterest = MEASURE.bit();
        text.publisherConsent = CONTENT.bit();
        Grant live = grant(regime, tcf(text.text()));
        assertEquals(State.ALLOWED, live.state(BEHAVIOUR, MEASURE));
        assertEquals(State.ALLOWED, live.state(BEHAVIOUR, CONTENT));
        assertEquals(State.DENIED, live.state(BEHAVIOUR, Purpose.IMPROVE));
    }

    @Test
    void optOutsRefuseAdvertisingOnly() {
        Jurisdiction us = everywhere(Basis.OPT_OUT, SignalFramework.GPP, SignalFramework.US_PRIVACY);
        UsText text = new UsText(UsSection.USNAT).set(UsSection.USNAT.sale, 1);
        Grant live = grant(us, gpp(text.gpp(), 7));
        assertEquals(State.DENIED, live.state(BEHAVIOUR, Purpose.SELECT_ADS));
        assertEquals(State.SILENT, live.state(BEHAVIOUR, CONTENT));
        Grant resolved = live.resolve(null);
        assertEquals(Purpose.ALL_BITS & ~UsSection.OPT_OUT_BITS, resolved.grantedPurposes());
        assertEquals("GPP_OPT_OUT", resolved.because(Purpose.SELECT_ADS));
        text.set(UsSection.USNAT.sale, 2);
        assertEquals(State.ALLOWED, grant(us, gpp(text.gpp(), 7)).state(BEHAVIOUR, Purpose.SELECT_ADS));
        assertEquals(State.ALLOWED, grant(us, Signals.usPrivacy("1YNN")).state(BEHAVIOUR, Purpose.SELECT_ADS));
    }

    @Test
    void aRefusalCountsFromAnyFrameworkAPermissionOnlyFromAnAcceptedOne() {
        Jurisdiction gdpr = everywhere(Basis.CONSENT, SignalFramework.TCF);
        Jurisdiction deaf = everywhere(Basis.CONSENT);
        TcfText all = new TcfText();
        all.publisherConsent = Purpose.ALL_BITS;
        assertEquals(State.SILENT, grant(deaf, tcf(all.text())).state(BEHAVIOUR, CONTENT));
        assertEquals(State.DENIED, grant(deaf, tcf(new TcfText().text())).state(BEHAVIOUR, CONTENT));
        ConsentInput mixed = new ConsentInput(null, all.text(), null, Signals.NO_SECTIONS, true, null);
        assertEquals(State.DENIED, grant(gdpr, mixed).state(BEHAVIOUR, Purpose.SELECT_ADS));
        assertEquals("GPC", grant(gdpr, mixed).because(Purpose.SELECT_ADS));
        assertEquals(State.ALLOWED, grant(gdpr, mixed).state(BEHAVIOUR, CONTENT));
    }

    @Test
    void ofTwoTcStringsTheStricterWins() {
        Jurisdiction gdpr = everywhere(Basis.CONSENT, SignalFramework.TCF);
        TcfText yes = new TcfText();
        yes.publisherConsent = Purpose.ALL_BITS;
        TcfText no = new TcfText();
        no.publisherLegitimateInterest = Purpose.ALL_BITS;
        for (TcfText[] pair : new TcfText[][] {{yes, no}, {no, yes}}) {
            String gpp = UsText.header(2) + "~" + pair[1].text();
            ConsentInput input = new ConsentInput(null, pair[0].text(), gpp, Signals.NO_SECTIONS, false, null);
            assertEquals(State.DENIED, grant(gdpr, input).state(BEHAVIOUR, MEASURE));
        }
    }

    @Test
    void sensitiveDataNeedsAnExplicitStatement() {
        Jurisdiction regime = everywhere(Basis.EXPLICIT_CONSENT, SignalFramework.values());
        TcfText all = new TcfText();
        all.publisherConsent = Purpose.ALL_BITS;
        assertEquals(State.SILENT, grant(regime, tcf(all.text())).state(DataClass.SENSITIVE, CONTENT));
        String consented = new UsText(UsSection.USNAT).sensitive(2, 2).gpp();
        Grant live = grant(regime, gpp(consented, 7));
        assertEquals(State.ALLOWED, live.state(DataClass.SENSITIVE, CONTENT));
        assertEquals(State.SILENT, live.state(BEHAVIOUR, CONTENT));
        String notOptedOut = new UsText(UsSection.USCA).sensitive(2, 2).gpp();
        assertEquals(State.SILENT, grant(regime, gpp(notOptedOut, 8)).state(DataClass.SENSITIVE, CONTENT));
        for (Basis basis : Basis.values()) {
            String refused = new UsText(UsSection.USCA).sensitive(2, 1).gpp();
            Jurisdiction any = everywhere(basis, SignalFramework.values());
            assertEquals(State.DENIED, grant(any, gpp(refused, 8)).state(DataClass.SENSITIVE, CONTENT));
        }
    }

    @Test
    void whatCannotBeReadIsDeniedUnderEveryBasis() {
        for (Basis basis : Basis.values()) {
            Grant live = grant(everywhere(basis, SignalFramework.values()), tcf("nonsense"));
            assertEquals(0, live.resolve(null).grantedPurposes());
            assertFalse(isSilent(live));
            assertEquals(basis == Basis.NEVER ? "REGIME_NEVER" : "TCF_VERSION_UNSUPPORTED", live.because(CONTENT));
        }
    }

    @Test
    void theClaimThatGdprAppliesOrNotGrantsNothing() {
        for (Boolean claim : new Boolean[] {true, false}) {
            ConsentInput input = new ConsentInput(claim, null, null, Signals.NO_SECTIONS, false, null);
            assertEquals(
                    0, grant(everywhere(Basis.CONSENT), input).resolve(null).grantedPurposes());
            assertEquals(
                    "NO_CONSENT",
                    grant(everywhere(Basis.CONSENT), input).resolve(null).because(CONTENT));
        }
    }

    @Test
    void anUnreadRecordDeniesWhatItWouldHaveDecided() {
        for (Basis basis : Basis.values()) {
            Grant unread = grant(everywhere(basis, SignalFramework.TCF), ConsentInput.NONE)
                    .resolveUnread();
            // Choosing by the context alone touches nothing of the subject's: there the regime's default stands.
            boolean open = basis == Basis.LEGITIMATE_INTEREST || basis == Basis.OPT_OUT;
            assertEquals(open ? Purpose.CONTEXTUAL.bit() | Purpose.CONTEXTUAL_ADS.bit() : 0, unread.grantedPurposes());
            assertFalse(isSilent(unread));
            assertEquals(basis == Basis.NEVER ? "REGIME_NEVER" : "CONSENT_UNREAD", unread.because(CONTENT));
        }
        TcfText text = new TcfText();
        text.publisherConsent = CONTENT.bit();
        Grant unread = grant(everywhere(Basis.CONSENT, SignalFramework.TCF), tcf(text.text()))
                .resolveUnread();
        assertEquals(CONTENT.bit(), unread.grantedPurposes());
    }

    @Test
    void aDeviceIdIsReadableByConsentOrByTheRegimesDefault() {
        for (Basis basis : Basis.values()) {
            Jurisdiction regime = everywhere(basis, SignalFramework.TCF);
            assertEquals(byDefault(basis), grant(regime, ConsentInput.NONE).deviceReadable(), basis.name());
            assertFalse(grant(regime, tcf(new TcfText().text())).deviceReadable(), basis + ", refused");
        }
    }

    /** True if a stored record could still decide something. */
    private static boolean isSilent(Grant grant) {
        return Arrays.stream(DataClass.values()).anyMatch(dataClass -> grant.silentPurposes(dataClass) != 0);
    }

    private static boolean byDefault(Basis basis) {
        return basis == Basis.OPT_OUT || basis == Basis.LEGITIMATE_INTEREST;
    }

    private static boolean allowed(Grant live, @org.jspecify.annotations.Nullable StoredConsent stored) {
        return live.resolve(stored).state(BEHAVIOUR, CONTENT) == State.ALLOWED;
    }
}
