package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.CalendarDefinition;
import io.meridian.edge.core.bundle.definition.ChangesDefinition.Exclusion;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Schedules and calendars against the time: what is over, and what begins so late that a year may be wrong. */
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
        for (MarketDefinition market : source.markets()) {
            market.layer().offers().forEach(offer -> check(offer, asOf, warnings));
            LocalDate today = asOf.atZone(market.timeZone()).toLocalDate();
            holidays(market, today, warnings);
            exclusions(market, today, warnings);
        }
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

    /** Last year's holidays are left in a calendar as often as next year's are forgotten. */
    private static void holidays(MarketDefinition market, LocalDate today, Warnings warnings) {
        Map<String, CalendarDefinition.Holiday> last = new LinkedHashMap<>();
        for (CalendarDefinition.Holiday holiday : market.calendar().holidays()) {
            last.merge(holiday.name().value(), holiday, (one, other) -> one.to().isBefore(other.to()) ? other : one);
        }
        last.forEach((name, holiday) -> {
            if (holiday.to().isBefore(today)) {
                warnings.warn(
                        holiday.name().where(),
                        EXPIRED,
                        "the holiday '" + name + "' of market '" + market.id().value() + "' was last on "
                                + holiday.to(),
                        "give its next dates, or leave it out");
            }
        });
    }

    private static void exclusions(MarketDefinition market, LocalDate today, Warnings warnings) {
        Map<String, Exclusion> last = new LinkedHashMap<>();
        for (Exclusion exclusion : market.changes().excludedCategories()) {
            last.merge(
                    exclusion.category().value(),
                    exclusion,
                    (one, other) -> end(one).isBefore(end(other)) ? other : one);
        }
        last.forEach((category, exclusion) -> {
            if (end(exclusion).isBefore(today)) {
                warnings.warn(
                        exclusion.category().where(),
                        EXPIRED,
                        "the category '" + category + "' was excluded in market '"
                                + market.id().value() + "' until " + end(exclusion) + " and runs again",
                        "give the next dates, or leave it out");
            }
        });
    }

    private static LocalDate end(Exclusion exclusion) {
        return exclusion.to() == null ? LocalDate.MAX : exclusion.to();
    }
}
