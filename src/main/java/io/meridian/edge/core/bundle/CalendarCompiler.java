package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.CalendarDefinition;
import io.meridian.edge.core.bundle.definition.CalendarDefinition.DayPart;
import io.meridian.edge.core.bundle.definition.CalendarDefinition.Holiday;
import io.meridian.edge.core.bundle.definition.CalendarDefinition.QuietHours;
import io.meridian.edge.core.bundle.definition.ChangesDefinition.Exclusion;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.calendar.Days;
import io.meridian.edge.core.calendar.MarketCalendar;
import io.meridian.edge.core.calendar.Quiet;
import io.meridian.edge.core.calendar.Span;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/** From what a market says of its time to what can be asked of a moment. */
final class CalendarCompiler {
    private final Findings findings;

    CalendarCompiler(Findings findings) {
        this.findings = findings;
    }

    /** Reports what two day parts or two holidays both claim. */
    void check(CalendarDefinition calendar) {
        List<DayPart> parts = calendar.dayParts();
        for (int i = 0; i < parts.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (span(parts.get(i)).overlaps(span(parts.get(j)))) {
                    overlap(parts.get(i).name(), parts.get(j).name(), "let one end where the other begins");
                    break;
                }
            }
        }
        List<Holiday> holidays = calendar.holidays();
        for (int i = 0; i < holidays.size(); i++) {
            for (int j = 0; j < i; j++) {
                Holiday one = holidays.get(i);
                Holiday other = holidays.get(j);
                if (!one.from().isAfter(other.to()) && !other.from().isAfter(one.to())) {
                    overlap(one.name(), other.name(), "a day has one name");
                    break;
                }
            }
        }
    }

    private void overlap(Located<String> one, Located<String> other, String advice) {
        findings.add(
                one.where(),
                "overlap",
                "'" + one.value() + "' shares time with '" + other.value() + "' in " + other.where(),
                advice);
    }

    static MarketCalendar calendar(MarketDefinition market) {
        CalendarDefinition written = market.calendar();
        return new MarketCalendar(
                market.timeZone(),
                written.dayParts().stream().map(CalendarCompiler::span).toList(),
                written.holidays().stream().map(CalendarCompiler::days).toList(),
                written.quietHours().stream().map(CalendarCompiler::quiet).toList());
    }

    /** Whole days of the market's own time. */
    static Candidate.Closure[] closures(MarketDefinition market, List<Exclusion> exclusions) {
        ZoneId zone = market.timeZone();
        return exclusions.stream()
                .map(exclusion -> new Candidate.Closure(
                        exclusion.from() == null ? Long.MIN_VALUE : start(exclusion.from(), zone),
                        exclusion.to() == null
                                ? Long.MAX_VALUE
                                : start(exclusion.to().plusDays(1), zone)))
                .toArray(Candidate.Closure[]::new);
    }

    private static long start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private static Span span(DayPart part) {
        return new Span(part.name().value(), minute(part.from()), minute(part.until()));
    }

    private static Days days(Holiday holiday) {
        return new Days(
                holiday.name().value(),
                holiday.from().toEpochDay(),
                holiday.to().toEpochDay());
    }

    private static Quiet quiet(QuietHours hours) {
        return new Quiet(
                new Span("quiet", minute(hours.from()), minute(hours.until())),
                hours.channels().stream().map(Located::value).toList());
    }

    private static int minute(LocalTime time) {
        return time.toSecondOfDay() / 60;
    }
}
