package io.meridian.edge.core.consent;

import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.Jurisdiction;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.SignalFramework;
import org.jspecify.annotations.Nullable;

/**
 * What the live signals of one request say, decoded and merged, before any regime is applied. Immutable.
 *
 * <p>Masks are of {@link Purpose#bit()}. Refusals are kept apart by source only to be able to say why.
 */
public final class ConsentSignals {
    /** Nothing was said. */
    public static final ConsentSignals NONE = new ConsentSignals(new SignalCollector());

    private final int frameworks;
    private final int problems;
    private final int consented;
    private final int legitimateInterest;
    private final int withheld;
    private final int refusedByTcf;
    private final int refusedByGpp;
    private final int refusedForChild;
    private final int refusedByGpc;
    private final int refusedByUsPrivacy;
    private final int refused;
    private final int notOptedOutByGpp;
    private final int notOptedOutByUsPrivacy;
    private final SensitiveStatement sensitive;

    private ConsentSignals(SignalCollector collected) {
        frameworks = collected.frameworks;
        problems = collected.problems;
        consented = collected.consented;
        legitimateInterest = collected.legitimateInterest;
        refusedByTcf = collected.refusedByTcf;
        refusedByGpp = collected.refusedByGpp;
        refusedForChild = collected.refusedForChild;
        refusedByGpc = collected.refusedByGpc;
        refusedByUsPrivacy = collected.refusedByUsPrivacy;
        refused = collected.refusedByTcf
                | collected.refusedByGpp
                | collected.refusedForChild
                | collected.refusedByGpc
                | collected.refusedByUsPrivacy
                | collected.refusedByProblem;
        withheld = collected.withheld | refused;
        notOptedOutByGpp = collected.notOptedOutByGpp;
        notOptedOutByUsPrivacy = collected.notOptedOutByUsPrivacy;
        sensitive = collected.sensitive;
    }

    /**
     * Decodes every signal of a request. Never throws on what the signals contain.
     *
     * @param basis as whom a TC string is read
     * @param now epoch milliseconds
     */
    public static ConsentSignals decode(ConsentInput input, TcfBasis basis, long now) {
        if (input.isEmpty()) {
            return NONE;
        }
        SignalCollector collector = new SignalCollector();
        String tcf = input.tcf();
        if (tcf != null) {
            TcfDecoder.decode(tcf, 0, tcf.length(), basis, now, true, new Bits(), collector);
        }
        String gpp = input.gpp();
        long seen = gpp == null ? 0 : GppDecoder.decode(gpp, input.gppSections(), basis, now, collector);
        String usPrivacy = input.usPrivacy();
        if (usPrivacy != null) {
            collector.spoke(SignalFramework.US_PRIVACY);
            UsPrivacyDecoder.decode(usPrivacy, 0, usPrivacy.length(), true, collector);
        }
        if (input.gpc()) {
            collector.globalPrivacyControl();
        }
        GppDecoder.checkPresence(input.gppSections(), seen, tcf != null, usPrivacy != null, collector);
        return new ConsentSignals(collector);
    }

    /** Purposes agreed to in a TC string. */
    public int consented() {
        return consented;
    }

    /** Purposes whose legitimate interest a TC string established and the person did not object to. */
    public int legitimateInterest() {
        return legitimateInterest;
    }

    /** Purposes refused under any basis: opted out of, objected to, or refused for want of a readable signal. */
    public int refused() {
        return refused;
    }

    /**
     * Purposes that cannot rest on consent: a TC string was asked and consent is not there. Holds {@link #refused()}.
     */
    public int withheld() {
        return withheld;
    }

    /** Purposes the person could have opted out of and expressly did not, by frameworks the regime accepts. */
    public int notOptedOut(Jurisdiction jurisdiction) {
        return (jurisdiction.accepts(SignalFramework.GPP) ? notOptedOutByGpp : 0)
                | (jurisdiction.accepts(SignalFramework.US_PRIVACY) ? notOptedOutByUsPrivacy : 0);
    }

    /** What was said of sensitive data. Anything but a refusal counts only where the regime accepts the GPP. */
    public SensitiveStatement sensitive() {
        return sensitive;
    }

    /** Mask of {@link SignalProblem#bit()}. */
    public int problems() {
        return problems;
    }

    /** True if a signal of this framework was sent, readable or not. */
    public boolean spoke(SignalFramework framework) {
        return framework.in(frameworks);
    }

    /**
     * Why the signals refuse a purpose: the name of a {@link SignalProblem}, or {@code TCF_REFUSED}, {@code GPC},
     * {@code GPP_OPT_OUT}, {@code GPP_CHILD}, {@code US_PRIVACY_OPT_OUT}; null if they do not refuse it under every
     * basis.
     */
    @Nullable
    String because(Purpose purpose) {
        if (!purpose.in(refused)) {
            return null;
        }
        for (int ordinal = 0; ordinal < SignalProblem.count(); ordinal++) {
            SignalProblem problem = SignalProblem.at(ordinal);
            if (problem.in(problems) && purpose.in(problem.refuses())) {
                return problem.name();
            }
        }
        if (purpose.in(refusedByTcf)) {
            return Grant.TCF_REFUSED;
        }
        if (purpose.in(refusedByGpc)) {
            return Grant.GPC;
        }
        if (purpose.in(refusedByGpp)) {
            return Grant.GPP_OPT_OUT;
        }
        if (purpose.in(refusedForChild)) {
            return Grant.GPP_CHILD;
        }
        return purpose.in(refusedByUsPrivacy) ? Grant.US_PRIVACY_OPT_OUT : null;
    }
}
