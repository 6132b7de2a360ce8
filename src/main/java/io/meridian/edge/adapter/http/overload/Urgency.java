package io.meridian.edge.adapter.http.overload;

import io.meridian.edge.adapter.http.times.Door;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much hangs on a request, the most first: what is turned away last when not all can be answered. */
public enum Urgency {
    /** What a person's rights hang on: consent, erasure, restriction, export. */
    RIGHTS,
    /** A decision for somebody who waits for it. */
    DECIDE,
    /** Events and profiles, which their senders send again. */
    INGEST,
    /** What can wait, or what a cache has an older answer for: all flags at once, explanations, dry runs, decisions about nobody. */
    BULK;

    /** RFC 9218, section 4.1: from 0, the most urgent, to 7; 3 where nothing is said. */
    private static final int USUAL = 3;

    private static final int BACKGROUND = 6;

    /**
     * The urgency of a request by its door.
     *
     * @param named true if it names a subject in a header
     */
    static Urgency of(Door door, boolean named) {
        return switch (door) {
            case SUBJECTS -> RIGHTS;
            case DECIDE, FLAG -> DECIDE;
            case EDGE -> named ? DECIDE : BULK;
            case EVENTS, PROFILES -> INGEST;
            case FLAGS, OTHER -> BULK;
        };
    }

    /**
     * This urgency, lowered as far as the caller asks for it: {@code u=4} and {@code u=5} to that of events, {@code u=6} and {@code u=7} to
     * the last. Nobody raises their own, and {@link #RIGHTS} stay what they are: browsers and CDNs send the header by themselves. What is not understood is passed over, as RFC 9218 wants it.
     *
     * @param priority the {@code Priority} header (RFC 9218); null if there is none
     */
    Urgency lowered(@Nullable String priority) {
        int asked = priority == null ? USUAL : urgency(priority);
        if (asked <= USUAL || this == RIGHTS) {
            return this;
        }
        Urgency least = asked >= BACKGROUND ? BULK : INGEST;
        return compareTo(least) < 0 ? least : this;
    }

    /** The member {@code u} of the dictionary; of several the last (RFC 8941, section 3.2). */
    private static int urgency(String priority) {
        int urgency = USUAL;
        int at = 0;
        while (at < priority.length()) {
            int comma = priority.indexOf(',', at);
            int end = comma < 0 ? priority.length() : comma;
            while (at < end && priority.charAt(at) == ' ') {
                at++;
            }
            if (end - at >= 3 && priority.charAt(at) == 'u' && priority.charAt(at + 1) == '=') {
                int value = priority.charAt(at + 2) - '0';
                boolean whole = end - at == 3 || priority.charAt(at + 3) == ' ' || priority.charAt(at + 3) == ';';
                urgency = whole && value >= 0 && value <= 7 ? value : USUAL;
            }
            at = end + 1;
        }
        return urgency;
    }

    /** The value of the metric's tag. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
