package io.meridian.edge.core.consent;

import io.meridian.edge.core.model.Basis;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Jurisdiction;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.SignalFramework;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Short ways to build what the tests of this package ask with. */
final class Signals {
    static final int EVERY_FRAMEWORK = SignalFramework.TCF.bit()
            | SignalFramework.GPP.bit()
            | SignalFramework.GPC.bit()
            | SignalFramework.US_PRIVACY.bit();
    static final int[] NO_SECTIONS = {};

    private Signals() {}

    static ConsentInput tcf(String text) {
        return new ConsentInput(null, text, null, NO_SECTIONS, false, null);
    }

    static ConsentInput gpp(String text, int... sections) {
        return new ConsentInput(null, null, text, sections, false, null);
    }

    static ConsentInput usPrivacy(String text) {
        return new ConsentInput(null, null, null, NO_SECTIONS, false, text);
    }

    static ConsentInput gpc() {
        return new ConsentInput(null, null, null, NO_SECTIONS, true, null);
    }

    static ConsentSignals decode(ConsentInput input) {
        return ConsentSignals.decode(input, TcfBasis.publisher(), TcfText.NOW);
    }

    static ConsentSignals decodeAsVendor(ConsentInput input) {
        return ConsentSignals.decode(input, TcfBasis.vendor(TcfText.VENDOR), TcfText.NOW);
    }

    /** A regime that needs the same everywhere. */
    static Jurisdiction everywhere(Basis basis, SignalFramework... accepted) {
        int frameworks = 0;
        for (SignalFramework framework : accepted) {
            frameworks |= framework.bit();
        }
        Basis[][] table = new Basis[DataClass.count()][Purpose.count()];
        for (Basis[] row : table) {
            Arrays.fill(row, basis);
        }
        return new Jurisdiction("everywhere-" + basis, frameworks, table);
    }

    static Grant grant(Jurisdiction jurisdiction, ConsentInput input) {
        return Grants.grant(jurisdiction, input, TcfBasis.publisher(), TcfText.NOW);
    }

    static void assertProblem(@Nullable SignalProblem expected, ConsentSignals signals) {
        int mask = expected == null ? 0 : expected.bit();
        if (signals.problems() != mask) {
            StringBuilder found = new StringBuilder();
            for (SignalProblem problem : SignalProblem.values()) {
                if (problem.in(signals.problems())) {
                    found.append(problem).append(' ');
                }
            }
            throw new AssertionError("expected " + expected + ", found " + found);
        }
    }

    static int bits(Purpose... purposes) {
        int mask = 0;
        for (Purpose purpose : purposes) {
            mask |= purpose.bit();
        }
        return mask;
    }

    /** True if the long suites should run whole. */
    static boolean thorough() {
        return Boolean.getBoolean("meridian.thorough");
    }
}
