package io.meridian.edge.core.consent;

import io.meridian.edge.core.model.Basis;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Jurisdiction;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.SignalFramework;

/**
 * The signals as one regime takes them: its permissions filtered by framework, its refusals all of them.
 *
 * <p>Every line has the form "what the table asks for, and what permits it, and not what refuses it": a further
 * refusal can only clear bits. That is the promise that taking consent away never grants.
 */
final class Permissions {
    private final int consented;
    private final int notOptedOut;
    private final int notObjected;
    private final int refused;
    private final int withheld;
    private final boolean sensitiveRefused;
    private final int sensitiveConsented;
    private final int sensitiveNotOptedOut;

    Permissions(Jurisdiction jurisdiction, ConsentSignals signals) {
        boolean tcf = jurisdiction.accepts(SignalFramework.TCF);
        boolean gpp = jurisdiction.accepts(SignalFramework.GPP);
        consented = tcf ? signals.consented() : 0;
        // Who agreed to a purpose, or let a legitimate interest stand, has not opted out of it.
        notObjected = consented | (tcf ? signals.legitimateInterest() : 0);
        notOptedOut = notObjected | signals.notOptedOut(jurisdiction);
        refused = signals.refused();
        withheld = signals.withheld();
        SensitiveStatement sensitive = signals.sensitive();
        sensitiveRefused = sensitive == SensitiveStatement.REFUSED;
        sensitiveConsented = gpp && sensitive == SensitiveStatement.CONSENTED ? Purpose.ALL_BITS : 0;
        sensitiveNotOptedOut =
                gpp && sensitive == SensitiveStatement.NOT_OPTED_OUT ? Purpose.ALL_BITS : sensitiveConsented;
    }

    /** The purposes the live signals allow for a class of data. */
    int allowed(Jurisdiction jurisdiction, DataClass dataClass, boolean sensitive) {
        if (sensitive && sensitiveRefused) {
            return 0;
        }
        int explicit = sensitive ? sensitiveConsented : 0;
        int optOut = sensitive ? notObjected | sensitiveNotOptedOut : notOptedOut;
        return jurisdiction.purposes(dataClass, Basis.EXPLICIT_CONSENT) & explicit & ~withheld
                | jurisdiction.purposes(dataClass, Basis.CONSENT) & (consented | explicit) & ~withheld
                | jurisdiction.purposes(dataClass, Basis.OPT_OUT) & optOut & ~refused
                | jurisdiction.purposes(dataClass, Basis.LEGITIMATE_INTEREST) & (notObjected | explicit) & ~refused;
    }

    /** The purposes the live signals do not deny for a class of data. */
    int open(Jurisdiction jurisdiction, DataClass dataClass, boolean sensitive) {
        if (sensitive && sensitiveRefused) {
            return 0;
        }
        int byConsent = jurisdiction.purposes(dataClass, Basis.EXPLICIT_CONSENT)
                | jurisdiction.purposes(dataClass, Basis.CONSENT);
        int byDefault = jurisdiction.purposes(dataClass, Basis.OPT_OUT)
                | jurisdiction.purposes(dataClass, Basis.LEGITIMATE_INTEREST);
        return byConsent & ~withheld | byDefault & ~refused;
    }
}
