package io.meridian.edge.core;

import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.bundle.Jurisdictions;
import io.meridian.edge.core.consent.Grant;
import io.meridian.edge.core.consent.Grants;
import io.meridian.edge.core.consent.TcfBasis;
import io.meridian.edge.core.model.ConsentInput;
import org.jspecify.annotations.Nullable;

/** Regime x live signals, for decisions and writes alike. */
final class LawOfPlace {
    private LawOfPlace() {}

    /**
     * What may be done. The claim that the GDPR applies, and a home under another law, can only add protection.
     *
     * @param country upper case, null if unknown
     * @param subdivision upper case, null if unknown
     * @param subject true if somebody is named, so that the law of this region, their home, applies as well
     * @param now epoch milliseconds
     */
    static Grant grant(
            Bundle bundle,
            @Nullable String country,
            @Nullable String subdivision,
            ConsentInput consent,
            boolean subject,
            long now) {
        Jurisdictions jurisdictions = bundle.jurisdictions();
        Jurisdictions.Regime regime = jurisdictions.of(country, subdivision);
        if (Boolean.TRUE.equals(consent.gdpr())) {
            regime = jurisdictions.both(regime, jurisdictions.strictest());
        }
        if (subject) {
            regime = jurisdictions.both(regime, bundle.region().jurisdiction());
        }
        return Grants.grant(regime.law(), consent, basis(regime), now);
    }

    /** As whom a TC string is read: where a regime does not take them only their refusals count, and the publisher's do. */
    static TcfBasis basis(Jurisdictions.Regime regime) {
        return regime.tcfBasis() == null ? TcfBasis.publisher() : regime.tcfBasis();
    }
}
