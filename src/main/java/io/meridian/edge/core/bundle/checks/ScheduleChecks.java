package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Schedules against the time: those that are over, and those that begin so late that a year may be wrong. */
public final class ScheduleChecks {
    static final String EXPIRED = "expired-schedule";
    static final String FAR = "far-schedule";
    /** Nobody plans an offer by the day further ahead than to the same season of next year. */
    private static final Duration FAR_AHEAD = Duration.ofDays(400);

    private ScheduleChecks() {}

    /**
     * What is wrong at a time. An end before the beginning is an error at any time, and the compiler's.
     *
     * @param asOf the time to judge by
     */
    public static List<Problem> run(BundleSource source, Instant asOf) {
        Warnings warnings = new Warnings();
        source.global().offers().forEach(offer -> check(offer, asOf, warnings));
        source.markets().forEach(market -> market.layer().offers().forEach(offer -> check(offer, asOf, warnings)));
        return warnings.all();
    }

    private static void check(OfferDefinition offer, Instant asOf, Warnings warnings) {
        Located<Instant> from = offer.from();
        Located<Instant> until = offer.until();
        if (until != null && !until.value().isAfter(asOf)) {
            warnings.warn(
                    until.where(),
                    EXPIRED,
                    "the schedule of the offer '" + offer.id().value() + "' ended on " + until.value(),
                    "take the offer out, or give it its next dates");
        } else if (from != null && from.value().isAfter(asOf.plus(FAR_AHEAD))) {
            warnings.warn(
                    from.where(),
                    FAR,
                    "the schedule of the offer '" + offer.id().value() + "' begins on " + from.value() + ", in "
                            + Duration.between(asOf, from.value()).toDays() + " days",
                    "is the year right?");
        }
    }
}
