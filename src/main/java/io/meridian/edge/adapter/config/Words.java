package io.meridian.edge.adapter.config;

import io.meridian.edge.core.bundle.definition.Located;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How durations, times and the names of enums are written. Every parser returns null for what it does not take. */
final class Words {
    static final String DURATION_ADVICE = "a whole number and s, m, h or d, such as 24h";
    static final String TIME_ADVICE = "a time with its offset, such as 2026-03-01T00:00:00Z";
    static final String ZONE_ADVICE = "a time zone such as Europe/Berlin";

    static final String DAY_ADVICE = "a day such as 2026-12-24";
    static final String CLOCK_ADVICE = "a time of day such as 08:30, 00:00 for midnight";

    private static final Pattern CLOCK = Pattern.compile("[0-9]{2}:[0-9]{2}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})([smhd])");

    private Words() {}

    /** Seconds. */
    static @Nullable Long duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long unit = switch (matcher.group(2)) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3_600;
            default -> 86_400;
        };
        return Long.parseLong(matcher.group(1)) * unit;
    }

    static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    static @Nullable LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException notADay) {
            return null;
        }
    }

    /** To the minute. */
    static @Nullable LocalTime clock(String text) {
        try {
            return CLOCK.matcher(text).matches() ? LocalTime.parse(text) : null;
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    /** Reports days that end before they begin. */
    static void refuseBackwards(@Nullable Located<LocalDate> from, @Nullable Located<LocalDate> to, Problems problems) {
        if (from != null && to != null && to.value().isBefore(from.value())) {
            problems.add(to.where(), "bad-schedule", "'to' is before 'from'", "both days are included");
        }
    }

    static @Nullable ZoneId zone(String text) {
        try {
            return text.contains("/") || text.equals("UTC") ? ZoneId.of(text) : null;
        } catch (DateTimeException notAZone) {
            return null;
        }
    }

    /** The enum's constants by how they are written in files: {@code US_PRIVACY} as {@code us-privacy}. */
    static <E extends Enum<E>> Map<String, E> lowerCase(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return words;
    }

    /** The enum's constants by their own names. */
    static <E extends Enum<E>> Map<String, E> upperCase(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name(), constant);
        }
        return words;
    }

    /** Two words: the one that stands for false, and the one for true. */
    static Map<String, Boolean> either(String no, String yes) {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put(no, false);
        words.put(yes, true);
        return words;
    }
}
