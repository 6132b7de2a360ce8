package io.meridian.edge.adapter.telemetry;

import io.meridian.edge.core.model.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One traced request. Filled on the event loop that handles it, then handed over whole. */
public final class RequestSpan {
    /** As many decisions of one request are told of. */
    static final int MOST_DECISIONS = 4;

    private static final long NANOS_PER_MILLI = 1_000_000;

    final String traceId;
    final String spanId;
    final @Nullable String parentId;
    final String method;
    final String route;

    /** What to add to {@link System#nanoTime()} for nanoseconds since 1970. */
    final long epochOffset;

    final long began;
    final List<Made> decisions = new ArrayList<>(1);
    int status;
    long ended;

    /** A decision and when it was asked for. */
    record Made(Decision decision, long asked) {}

    RequestSpan(String traceId, String spanId, @Nullable String parentId, String method, String route) {
        this.traceId = traceId;
        this.spanId = spanId;
        this.parentId = parentId;
        this.method = method;
        this.route = route;
        this.began = System.nanoTime();
        this.epochOffset = System.currentTimeMillis() * NANOS_PER_MILLI - began;
    }

    /** The id of its trace, 32 hexadecimal digits. */
    public String traceId() {
        return traceId;
    }

    /**
     * A decision was made for it.
     *
     * @param asked when it was asked for, by {@link System#nanoTime()}
     */
    public void decided(Decision decision, long asked) {
        if (decisions.size() < MOST_DECISIONS) {
            decisions.add(new Made(decision, asked));
        }
    }

    void end(int withStatus) {
        status = withStatus;
        ended = System.nanoTime();
    }
}
