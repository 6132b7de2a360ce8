package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.YamlNode.Entry;
import io.meridian.edge.core.bundle.definition.CalendarDefinition;
import io.meridian.edge.core.bundle.definition.CalendarDefinition.DayPart;
import io.meridian.edge.core.bundle.definition.CalendarDefinition.Holiday;
import io.meridian.edge.core.bundle.definition.CalendarDefinition.QuietHours;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.Where;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A market's day parts, holidays and quiet hours in {@code market.yaml}. */
final class CalendarReader {
    private static final int MAX_DAY_PARTS = 24;
    private static final int MAX_HOLIDAYS = 400;
    private static final int MAX_QUIET_HOURS = 8;

    private final Problems problems;

    CalendarReader(Problems problems) {
        this.problems = problems;
    }

    CalendarDefinition read(Fields file) {
        return new CalendarDefinition(dayParts(file), holidays(file), quietHours(file));
    }

    private List<DayPart> dayParts(Fields file) {
        List<DayPart> parts = new ArrayList<>();
        Fields byName = file.child("dayParts");
        if (byName != null) {
            refuseMore(byName.entries().size(), MAX_DAY_PARTS, "day parts", byName.where());
            for (Entry entry : byName.entries()) {
                Located<String> name = name(entry);
                Fields fields = Fields.of(entry.value(), problems);
                Span span = fields == null ? null : span(fields);
                if (fields != null) {
                    fields.end();
                }
                if (name != null && span != null) {
                    parts.add(new DayPart(name, span.from, span.until));
                }
            }
        }
        return parts;
    }

    private @Nullable Located<String> name(Entry entry) {
        if (Format.ID.matches(entry.key())) {
            return new Located<>(entry.key(), entry.where());
        }
        problems.add(
                entry.where(),
                "bad-format",
                "'" + entry.key() + "' cannot be a day part's name",
                "write " + Format.ID.advice());
        return null;
    }

    private List<Holiday> holidays(Fields file) {
        List<Holiday> holidays = new ArrayList<>();
        List<Fields> written = file.children("holidays");
        refuseMore(written.size(), MAX_HOLIDAYS, "holidays", file.where("holidays"));
        for (Fields fields : written) {
            Located<String> name = fields.requiredWord("name", Format.ID);
            Located<LocalDate> day = fields.parsed("date", Words::day, Words.DAY_ADVICE);
            Located<LocalDate> from = fields.parsed("from", Words::day, Words.DAY_ADVICE);
            Located<LocalDate> to = fields.parsed("to", Words::day, Words.DAY_ADVICE);
            boolean one = fields.has("date") && !fields.has("from") && !fields.has("to");
            boolean several = !fields.has("date") && fields.has("from") && fields.has("to");
            if (!one && !several) {
                problems.add(
                        fields.where(),
                        "missing-key",
                        "the holiday needs its day or its days",
                        "give date, or from and to (both included)");
            }
            Words.refuseBackwards(from, to, problems);
            fields.end();
            if (name != null && one && day != null) {
                holidays.add(new Holiday(name, day.value(), day.value()));
            } else if (name != null && several && from != null && to != null) {
                holidays.add(new Holiday(name, from.value(), to.value()));
            }
        }
        return holidays;
    }

    private List<QuietHours> quietHours(Fields file) {
        List<QuietHours> quiet = new ArrayList<>();
        List<Fields> written = file.children("quietHours");
        refuseMore(written.size(), MAX_QUIET_HOURS, "quiet hours", file.where("quietHours"));
        for (Fields fields : written) {
            Span span = span(fields);
            fields.require("channels", "a list of " + String.join(", ", PlacementReader.CHANNELS.keySet()));
            fields.nonEmpty("channels", "name the channels that are to be quiet");
            List<Located<String>> channels = new ArrayList<>();
            for (YamlNode item : fields.list("channels")) {
                String channel = fields.choice(item, PlacementReader.CHANNELS);
                if (channel != null) {
                    channels.add(new Located<>(channel, item.where()));
                }
            }
            fields.end();
            if (span != null) {
                quiet.add(new QuietHours(span.from, span.until, channels));
            }
        }
        return quiet;
    }

    /** Local times of a day; an end before the start is on the next day. */
    private record Span(LocalTime from, LocalTime until) {}

    private @Nullable Span span(Fields fields) {
        Map.of("from", Words.CLOCK_ADVICE, "until", Words.CLOCK_ADVICE).forEach(fields::require);
        Located<LocalTime> from = fields.parsed("from", Words::clock, Words.CLOCK_ADVICE);
        Located<LocalTime> until = fields.parsed("until", Words::clock, Words.CLOCK_ADVICE);
        if (from == null || until == null) {
            return null;
        }
        if (from.value().equals(until.value())) {
            problems.add(
                    until.where(),
                    "bad-schedule",
                    "'until' is the same as 'from'",
                    "give two different times; a whole day takes two spans");
            return null;
        }
        return new Span(from.value(), until.value());
    }

    private void refuseMore(int count, int max, String what, Where where) {
        if (count > max) {
            problems.add(where, "too-large", "there are " + count + " " + what, "at most " + max);
        }
    }
}
