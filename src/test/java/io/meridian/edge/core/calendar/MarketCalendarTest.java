package io.meridian.edge.core.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarketCalendarTest {
    private static final int ALL =
            MarketCalendar.HOUR | MarketCalendar.DAY_PART | MarketCalendar.WEEKDAY | MarketCalendar.HOLIDAY;
    private static final Span MORNING = new Span("morning", 6 * 60, 11 * 60 + 30);
    private static final Span NIGHT = new Span("night", 22 * 60, 6 * 60);
    private static final Days CHRISTMAS = days("christmas", "2026-12-25", "2026-12-26");
    private static final Days SPRING = days("spring", "2026-03-29", "2026-03-29");
    private static final Quiet QUIET = new Quiet(new Span("quiet", 21 * 60, 8 * 60), List.of("email", "app"));

    private static Days days(String name, String from, String to) {
        return new Days(
                name, LocalDate.parse(from).toEpochDay(), LocalDate.parse(to).toEpochDay());
    }

    private static MarketCalendar calendar(String zone) {
        return new MarketCalendar(ZoneId.of(zone), List.of(MORNING, NIGHT), List.of(CHRISTMAS, SPRING), List.of(QUIET));
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-25T23:30:00Z, Europe/Berlin, night, saturday, 0, christmas",
        "2026-12-26T23:30:00Z, Europe/Berlin, night, sunday, 0, ''",
        "2026-12-25T23:30:00Z, America/Sao_Paulo, '', friday, 20, christmas",
        "2026-12-24T18:29:59Z, Asia/Kolkata, night, thursday, 23, ''",
        "2026-12-24T18:30:00Z, Asia/Kolkata, night, friday, 0, christmas",
        "2026-11-22T10:29:59Z, Europe/Berlin, morning, sunday, 11, ''",
        "2026-11-22T10:30:00Z, Europe/Berlin, '', sunday, 11, ''",
        "2026-03-29T00:59:59Z, Europe/Berlin, night, sunday, 1, spring",
        "2026-03-29T01:00:00Z, Europe/Berlin, night, sunday, 3, spring",
        "1969-12-31T23:30:00Z, UTC, night, wednesday, 23, ''"
    })
    void aMomentIsWhatTheLocalClockShows(
            String time, String zone, String dayPart, String weekday, int hour, String holiday) {
        LocalMoment moment = calendar(zone).at(millis(time));
        assertEquals(dayPart, moment.dayPart());
        assertEquals(weekday, moment.weekday());
        assertEquals(hour, moment.hour());
        assertEquals(holiday, moment.holiday());
    }

    /** The night in spring is an hour shorter, the one in autumn an hour longer; an edge lies where java.time puts it. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-28T21:30:00Z, 2026-03-29T01:00:00Z",
        "2026-03-29T01:00:00Z, 2026-03-29T04:00:00Z",
        "2026-10-24T21:00:00Z, 2026-10-25T01:00:00Z",
        "2026-10-25T01:00:00Z, 2026-10-25T05:00:00Z"
    })
    void aDayPartOverAChangeOfTheClockEndsWhenTheLocalClockSays(String from, String edge) {
        MarketCalendar berlin = calendar("Europe/Berlin");
        assertEquals("night", berlin.at(millis(from)).dayPart());
        assertEquals(
                Instant.parse(edge),
                Instant.ofEpochMilli(berlin.nextEdge(millis(from), MarketCalendar.DAY_PART, List.of())));
    }

    @Test
    void eachFactHasItsOwnEdges() {
        MarketCalendar berlin = calendar("Europe/Berlin");
        long now = millis("2026-11-22T10:10:10.5Z");
        assertEquals(millis("2026-11-22T11:00:00Z"), berlin.nextEdge(now, MarketCalendar.HOUR, List.of()));
        assertEquals(millis("2026-11-22T10:30:00Z"), berlin.nextEdge(now, MarketCalendar.DAY_PART, List.of()));
        assertEquals(millis("2026-11-22T23:00:00Z"), berlin.nextEdge(now, MarketCalendar.WEEKDAY, List.of()));
        assertEquals(millis("2026-12-24T23:00:00Z"), berlin.nextEdge(now, MarketCalendar.HOLIDAY, List.of()));
        assertEquals(millis("2026-11-22T20:00:00Z"), berlin.nextEdge(now, 0, List.of("app")));
        assertEquals(Long.MAX_VALUE, berlin.nextEdge(now, 0, List.of("web")));
        assertEquals(
                Long.MAX_VALUE, berlin.nextEdge(millis("2027-01-01T00:00:00Z"), MarketCalendar.HOLIDAY, List.of()));
    }

    @Test
    void quietHoursBindTheirChannelsOnly() {
        MarketCalendar berlin = calendar("Europe/Berlin");
        assertTrue(berlin.isQuiet("app", millis("2026-11-22T20:00:00Z")));
        assertTrue(berlin.isQuiet("app", millis("2026-11-23T06:59:59Z")));
        assertFalse(berlin.isQuiet("app", millis("2026-11-23T07:00:00Z")));
        assertFalse(berlin.isQuiet("web", millis("2026-11-22T20:00:00Z")));
    }

    /** Law: until the next edge nothing changes, and java.time says the same at any moment. Whole years, with all changes of the clock. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Berlin",
                "America/Sao_Paulo",
                "Asia/Kolkata",
                "America/New_York",
                "Australia/Lord_Howe",
                "Pacific/Apia",
                "Africa/Casablanca",
                "UTC"
            })
    void nothingChangesBeforeAnEdge(String zone) {
        MarketCalendar calendar = calendar(zone);
        SplittableRandom random = new SplittableRandom(zone.hashCode());
        long start = millis("2026-01-01T00:00:00Z");
        for (int i = 0; i < 20_000; i++) {
            long now = start + random.nextLong(Duration.ofDays(730).toMillis());
            int facts = random.nextInt(1, ALL + 1);
            long edge = calendar.nextEdge(now, facts, List.of("email"));
            assertTrue(edge > now, zone);
            long later = now
                    + random.nextLong(Math.min(edge - now, Duration.ofDays(400).toMillis()));
            assertEquals(shown(zone, now, facts), shown(zone, later, facts), zone + " " + Instant.ofEpochMilli(now));
            LocalMoment moment = calendar.at(now);
            assertEquals(
                    shown(zone, now, ALL),
                    moment.hour() + " " + moment.dayPart() + " " + moment.weekday() + " " + moment.holiday() + " "
                            + calendar.isQuiet("email", now));
        }
    }

    /** The same by java.time alone. */
    private static String shown(String zone, long epochMillis, int facts) {
        ZonedDateTime local = Instant.ofEpochMilli(epochMillis).atZone(ZoneId.of(zone));
        LocalTime time = local.toLocalTime();
        LocalTime six = LocalTime.of(6, 0);
        String part = !time.isBefore(six) && time.isBefore(LocalTime.of(11, 30))
                ? "morning"
                : time.isBefore(six) || !time.isBefore(LocalTime.of(22, 0)) ? "night" : "";
        LocalDate day = local.toLocalDate();
        String holiday = day.equals(LocalDate.of(2026, 3, 29))
                ? "spring"
                : day.getYear() == 2026
                                && day.getMonthValue() == 12
                                && (day.getDayOfMonth() == 25 || day.getDayOfMonth() == 26)
                        ? "christmas"
                        : "";
        boolean quiet = time.isBefore(LocalTime.of(8, 0)) || !time.isBefore(LocalTime.of(21, 0));
        return ((facts & MarketCalendar.HOUR) == 0 ? "" : time.getHour())
                + " " + ((facts & MarketCalendar.DAY_PART) == 0 ? "" : part)
                + " "
                + ((facts & MarketCalendar.WEEKDAY) == 0
                        ? ""
                        : local.getDayOfWeek().name().toLowerCase(Locale.ROOT))
                + " " + ((facts & MarketCalendar.HOLIDAY) == 0 ? "" : holiday)
                + " " + quiet;
    }
}
