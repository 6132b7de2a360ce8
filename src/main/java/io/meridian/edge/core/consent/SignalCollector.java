package io.meridian.edge.core.consent;

import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.SignalFramework;

/** Gathers what the decoders find. Every method only adds, so that the order of the signals does not matter. */
final class SignalCollector {
    int frameworks;
    int problems;
    int consented;
    int legitimateInterest;
    int withheld;
    int refusedByTcf;
    int refusedByGpp;
    int refusedForChild;
    int refusedByGpc;
    int refusedByUsPrivacy;
    int refusedByProblem;
    int notOptedOutByGpp;
    int notOptedOutByUsPrivacy;
    SensitiveStatement sensitive = SensitiveStatement.NONE;

    void spoke(SignalFramework framework) {
        frameworks |= framework.bit();
    }

    void problem(SignalProblem problem) {
        problems |= problem.bit();
        refusedByProblem |= problem.refuses();
        if (problem.refusesSensitive()) {
            sensitive(SensitiveStatement.REFUSED);
        }
    }

    /** A valid TC string speaks of every purpose: what it does not permit, it refuses. */
    void tcf(int consent, int interest, boolean inForce) {
        if (inForce) {
            consented |= consent;
            legitimateInterest |= interest;
        }
        withheld |= Purpose.ALL_BITS & ~consent;
        refusedByTcf |= Purpose.ALL_BITS & ~(consent | interest);
    }

    void unitedStates(boolean optedOut, boolean notOptedOut) {
        if (optedOut) {
            refusedByGpp |= UsSection.OPT_OUT_BITS;
        }
        if (notOptedOut) {
            notOptedOutByGpp |= UsSection.OPT_OUT_BITS;
        }
    }

    void childWithoutConsent() {
        refusedForChild |= UsSection.PERSONAL_BITS;
    }

    void globalPrivacyControl() {
        spoke(SignalFramework.GPC);
        refusedByGpc |= UsSection.OPT_OUT_BITS;
    }

    void usPrivacy(boolean optedOut, boolean notOptedOut) {
        if (optedOut) {
            refusedByUsPrivacy |= UsSection.OPT_OUT_BITS;
        }
        if (notOptedOut) {
            notOptedOutByUsPrivacy |= UsSection.OPT_OUT_BITS;
        }
    }

    /** The later constant of {@link SensitiveStatement} wins: consent over no opt-out, a refusal over both. */
    void sensitive(SensitiveStatement statement) {
        if (statement.ordinal() > sensitive.ordinal()) {
            sensitive = statement;
        }
    }
}
