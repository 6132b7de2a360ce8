package io.meridian.load.traffic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of calls of the mix; their shares stand in {@code mix.properties}. */
public enum Kind {
    DECIDE_CONSENTED,
    DECIDE_SILENT,
    DECIDE_DENIED,
    DECIDE_ANONYMOUS,
    DECIDE_MISROUTED,
    DECIDE_UNKNOWN,
    EDGE_SHARED,
    EDGE_KNOWN,
    OFREP_FLAG,
    OFREP_FLAGS,
    EVENTS,
    PROFILE,
    CONSENT;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As in the mix, in reports and in results. */
    public String label() {
        return label;
    }

    /** All labels, in the order of the constants. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Kind::label).toList();
    }
}
