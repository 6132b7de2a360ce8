package io.meridian.edge.cli.lab.diff;

import io.meridian.edge.cli.lab.Visit;
import java.util.List;

/**
 * One placement of one visit that is filled otherwise.
 *
 * @param market whose rules are followed
 * @param kind what differs
 * @param before what was shown, {@code offer/variant} joined by commas
 * @param after likewise
 * @param causes at least one
 * @param visit whose
 */
record Difference(
        String market, String placement, Kind kind, String before, String after, List<Cause> causes, Visit visit) {
    /** What differs, the weightiest that applies. */
    enum Kind {
        /** Other offers are shown, or the same in another order. */
        OFFER,
        /** The same offers in other variants. */
        VARIANT,
        /** The same variants with other words or pictures. */
        CONTENT,
        /** One of the two configurations refuses the request. */
        REFUSED
    }
}
