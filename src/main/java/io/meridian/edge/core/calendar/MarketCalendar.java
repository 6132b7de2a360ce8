package io.meridian.edge.core.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A market's calendar in its own time zone. Immutable but for a remembered answer, and shared by all threads.
 *
 * <p>Between two changes of the zone's offset the local clock runs evenly, so what comes next is worked out with the present offset and
 * cut at the zone's next change. An hour that a change leaves out or repeats is thereby what the local clock shows it to be.
 */
public final class MarketCalendar {
    /** What a condition may ask for; bits of a mask. */
    public static final int HOUR = 1;

    public static final int DAY_PART = 2;
    public static final int WEEKDAY = 4;
    public static final int HOLIDAY = 8;

    /** The name of a time between day parts, and of a day that is no holiday. */
    public static final String NONE = "";

    /** The names of the days of the week. */
    public static final List<String> WEEKDAYS = Arrays.stream(DayOfWeek.values())
            .map(day -> day.name().toLowerCase(Locale.ROOT))
            .toList();

    private static final int MINUTES = 1_440;
    private static final long MINUTE_MILLIS = 60_000;
    private static final int ALL = HOUR | DAY_PART | WEEKDAY | HOLIDAY;

    private final ZoneRules rules;
    private final List<Span> dayParts;
    private final List<Days> holidays;
    private final List<Quiet> quiet;

    /** The last answer: most requests ask within the same hour. */
    private volatile @Nullable LocalMoment last;

    /**
     * @param dayParts that do not overlap
     * @param holidays of several on one day the first counts
     */
    public MarketCalendar(ZoneId zone, List<Span> dayParts, List<Days> holidays, List<Quiet> quiet) {
        this.rules = zone.getRules();
        this.dayParts = List.copyOf(dayParts);
        this.holidays = List.copyOf(holidays);
        this.quiet = List.copyOf(quiet);
    }

    /** What the calendar shows. */
    public LocalMoment at(long epochMillis) {
        LocalMoment known = last;
        if (known == null || !known.covers(epochMillis)) {
            known = workOut(epochMillis);
            last = known;
        }
        return known;
    }

    private LocalMoment workOut(long epochMillis) {
        long local = localMinute(epochMillis);
        long day = Math.floorDiv(local, MINUTES);
        int minute = Math.floorMod(local, MINUTES);
        return new LocalMoment(
                dayPart(minute),
                weekday(day),
                minute / 60,
                holiday(day),
                epochMillis,
                nextEdge(epochMillis, ALL, List.of()));
    }

    private String dayPart(int minute) {
        for (Span part : dayParts) {
            if (part.contains(minute)) {
                return part.name();
            }
        }
        return NONE;
    }

    private String holiday(long day) {
        for (Days holiday : holidays) {
            if (holiday.contains(day)) {
                return holiday.name();
            }
        }
        return NONE;
    }

    private static String weekday(long day) {
        // 1970-01-01 was a Thursday.
        return WEEKDAYS.get(DayOfWeek.THURSDAY.plus(day % 7).ordinal());
    }

    /** True if a channel is to be silent. */
    public boolean isQuiet(String channel, long epochMillis) {
        if (quiet.isEmpty()) {
            return false;
        }
        int minute = Math.floorMod(localMinute(epochMillis), MINUTES);
        for (Quiet one : quiet) {
            if (one.channels().contains(channel) && one.span().contains(minute)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The first time after {@code epochMillis} at which one of the facts may become another, or one of the channels silent or loud again;
     * {@link Long#MAX_VALUE} if never.
     *
     * @param facts mask of {@link #HOUR}, {@link #DAY_PART}, {@link #WEEKDAY} and {@link #HOLIDAY}
     * @param channels channels whose quiet hours matter
     */
    public long nextEdge(long epochMillis, int facts, List<String> channels) {
        long minutes = minutesToEdge(localMinute(epochMillis), facts, channels);
        if (minutes == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        long intoMinute = Math.floorMod(epochMillis + offsetMillis(epochMillis), MINUTE_MILLIS);
        long edge = epochMillis - intoMinute + minutes * MINUTE_MILLIS;
        ZoneOffsetTransition change = rules.nextTransition(Instant.ofEpochMilli(epochMillis));
        return change == null ? edge : Math.min(edge, change.getInstant().toEpochMilli());
    }

    /** Whole local minutes to the next edge if the clock ran evenly, at least 1. */
    private long minutesToEdge(long local, int facts, List<String> channels) {
        int minute = Math.floorMod(local, MINUTES);
        long next = Long.MAX_VALUE;
        if ((facts & HOUR) != 0) {
            next = 60 - minute % 60;
        }
        if ((facts & WEEKDAY) != 0) {
            next = Math.min(next, MINUTES - minute);
        }
        if ((facts & DAY_PART) != 0) {
            for (Span part : dayParts) {
                next = Math.min(next, minutesTo(part, minute));
            }
        }
        if ((facts & HOLIDAY) != 0) {
            next = Math.min(next, minutesToHoliday(local));
        }
        for (Quiet one : quiet) {
            if (one.channels().stream().anyMatch(channels::contains)) {
                next = Math.min(next, minutesTo(one.span(), minute));
            }
        }
        return next;
    }

    private static long minutesTo(Span span, int minute) {
        return Math.min(after(span.from(), minute), after(span.until(), minute));
    }

    /** From a minute to the next time it is another, 1 to a day. */
    private static int after(int edge, int minute) {
        return edge > minute ? edge - minute : edge - minute + MINUTES;
    }

    private long minutesToHoliday(long local) {
        long next = Long.MAX_VALUE;
        for (Days holiday : holidays) {
            for (long edge : new long[] {holiday.from() * MINUTES, (holiday.to() + 1) * MINUTES}) {
                if (edge > local) {
                    next = Math.min(next, edge - local);
                }
            }
        }
        return next;
    }

    private long localMinute(long epochMillis) {
        return Math.floorDiv(epochMillis + offsetMillis(epochMillis), MINUTE_MILLIS);
    }

    private long offsetMillis(long epochMillis) {
        return rules.getOffset(Instant.ofEpochMilli(epochMillis)).getTotalSeconds() * 1000L;
    }
}
