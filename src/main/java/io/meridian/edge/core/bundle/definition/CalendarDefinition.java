package io.meridian.edge.core.bundle.definition;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/**
 * How a market divides its time. All times are local; a span whose end is not after its start goes on past midnight.
 *
 * @param dayParts do not overlap
 * @param holidays do not overlap
 * @param quietHours when placements of some channels stay silent
 */
public record CalendarDefinition(List<DayPart> dayParts, List<Holiday> holidays, List<QuietHours> quietHours) {
    /** Nothing is said. */
    public static final CalendarDefinition NONE = new CalendarDefinition(List.of(), List.of(), List.of());

    /** @param until exclusive */
    public record DayPart(Located<String> name, LocalTime from, LocalTime until) {}

    /** @param to the last day, included */
    public record Holiday(Located<String> name, LocalDate from, LocalDate to) {}

    /** @param until exclusive */
    public record QuietHours(LocalTime from, LocalTime until, List<Located<String>> channels) {}
}
