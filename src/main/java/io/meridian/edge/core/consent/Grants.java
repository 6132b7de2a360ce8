package io.meridian.edge.core.consent;

import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.Jurisdiction;

/** Where grants come from. */
public final class Grants {
    private Grants() {}

    /**
     * Decides what a request may do, from its live signals and the regime it falls under.
     *
     * <p>The claim {@link ConsentInput#gdpr()} is not looked at: the caller passes the stricter regime if it was made.
     *
     * @param jurisdiction the regime; if two apply, both joined by {@link Jurisdiction#and}
     * @param input the signals as received
     * @param basis as whom a TC string is read
     * @param nowMillis the present, epoch milliseconds
     */
    public static Grant grant(Jurisdiction jurisdiction, ConsentInput input, TcfBasis basis, long nowMillis) {
        return Grant.of(jurisdiction, ConsentSignals.decode(input, basis, nowMillis));
    }
}
