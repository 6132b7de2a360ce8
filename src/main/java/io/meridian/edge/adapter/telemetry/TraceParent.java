package io.meridian.edge.adapter.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * The header {@code traceparent} of W3C Trace Context, level 1.
 *
 * @param traceId 32 hexadecimal digits, not all zero
 * @param spanId of the caller, 16 hexadecimal digits, not all zero
 * @param sampled true if the caller records this trace
 */
record TraceParent(String traceId, String spanId, boolean sampled) {
    private static final int TRACE_FROM = 3;
    private static final int TRACE_TO = 35;
    private static final int SPAN_FROM = 36;
    private static final int SPAN_TO = 52;
    private static final int FLAGS_FROM = 53;
    private static final int LENGTH = 55;
    private static final String FORBIDDEN_VERSION = "ff";
    private static final String FIRST_VERSION = "00";

    /** Null for what is no such header: then the trace begins here, as the standard has it. */
    static @Nullable TraceParent parse(@Nullable String header) {
        if (header == null
                || header.length() < LENGTH
                || !separated(header)
                || !isHex(header, 0, 2)
                || !isHex(header, TRACE_FROM, TRACE_TO)
                || !isHex(header, SPAN_FROM, SPAN_TO)
                || !isHex(header, FLAGS_FROM, LENGTH)
                || header.startsWith(FORBIDDEN_VERSION)) {
            return null;
        }
        // A later version may go on after what is known, the first may not.
        if (header.length() > LENGTH && (header.startsWith(FIRST_VERSION) || header.charAt(LENGTH) != '-')) {
            return null;
        }
        if (isZero(header, TRACE_FROM, TRACE_TO) || isZero(header, SPAN_FROM, SPAN_TO)) {
            return null;
        }
        boolean sampled = (Character.digit(header.charAt(LENGTH - 1), 16) & 1) != 0;
        return new TraceParent(header.substring(TRACE_FROM, TRACE_TO), header.substring(SPAN_FROM, SPAN_TO), sampled);
    }

    private static boolean separated(String header) {
        return header.charAt(TRACE_FROM - 1) == '-' && header.charAt(TRACE_TO) == '-' && header.charAt(SPAN_TO) == '-';
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
