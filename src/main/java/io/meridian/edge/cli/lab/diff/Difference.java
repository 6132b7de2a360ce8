package io.meridian.edge.cli.lab.diff;

import io.meridian.edge.cli.lab.Visit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One placement of one visit that is filled otherwise.
 *
 * @param market whose rules are followed
 * @param kind what differs
 * @param before what was shown, {@code offer/variant} joined by commas
 * @param after likewise
 * @param causes at least one
 * @param segments those the placement may know the visitor to be in
 * @param line of the file of visits, from 1; 0 for a visit that was made up
 * @param visit whose; null if it is somebody's and nobody asked to show it
 */
record Difference(
        String market,
        String placement,
        Kind kind,
        String before,
        String after,
        List<Cause> causes,
        List<String> segments,
        long line,
        @Nullable Visit visit) {
    /** Whose it is, without anything by which somebody could be told from others of the same segments. */
    String visitor() {
        String who = segments.isEmpty() ? "in no segment that may be known" : "in " + String.join(", ", segments);
        return (line == 0 ? "" : "line " + line + ", ") + "a visitor " + who;
    }

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
