package io.meridian.edge.adapter.http.overload;

import java.util.concurrent.TimeUnit;

/**
 * How many requests one event loop may have begun and not answered, found by how late the loop is.
 *
 * <p>An event loop that has more to do than it can do makes everybody wait in its queues, whatever their own work: first in the sockets'
 * buffers, where no clock of a request runs yet. How late a timer of the loop fires is that wait; it is weighted by the time it took to fire, for whoever
 * comes is the likelier to come while the loop is at something long. Where it is longer than wanted, the
 * limit shrinks in proportion, by half at most; where it is not, and the limit was felt, it grows by an eighth. That is the control by
 * queueing delay of CoDel (RFC 8289) and of WeChat's DAGOR (Zhou et al., "Overload Control for Scaling WeChat Microservices", 2018),
 * with the update of Netflix' gradient limits, held against a wanted delay instead of the least that was seen. The time a request waits for
 * Redis has no part in it: a slow Redis costs no work of ours, and turning callers away would help nobody.
 *
 * <p>A young process is late because its code is being compiled beside its work, not because too much is asked: that passes by itself, and the sooner the more
 * it may do. So for a while it may be late by so much more.
 *
 * <p>One for each event loop and changed on it alone; the limit may be read by any thread.
 */
final class ConcurrencyLimit {
    /** One works, the other comes while it waits for Redis. */
    static final int LEAST = 2;

    static final int BEGINNING = 32;

    /** What is never exceeded, whatever hangs on it. */
    static final int MOST = 256;

    /** Room that only {@link Urgency#RIGHTS} take: there is some even where decisions wait for a slow Redis and the limit has grown as far as it may. */
    static final int RESERVE = 32;

    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int WINDOW_BEATS = 4;
    private static final double MOST_SHRINKING = 0.5;
    private static final double GROWTH = 0.125;

    /** A loop nobody looked at for so long had nothing to do: its limit has grown by one. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int YOUTH = 8;

    private final long wantedNanos;
    private final long youngUntil;
    private double exact = BEGINNING;
    private volatile int limit = BEGINNING;

    private long windowBegan;
    private long lastBeat;
    private double lateSum;
    private int beats;
    private int peak;

    /**
     * @param wantedNanos how late the loop may be on average
     * @param youngUntil until when it may be late by {@value #YOUTH} times that, by the clock of {@link #beat}
     */
    ConcurrencyLimit(long wantedNanos, long youngUntil) {
        this.wantedNanos = wantedNanos;
        this.youngUntil = youngUntil;
    }

    int limit() {
        return limit;
    }

    /** How many of an urgency may be under way, together with all others: the less hangs on it, the fewer. */
    int limit(Urgency urgency) {
        return switch (urgency) {
            case RIGHTS -> MOST;
            case DECIDE -> limit;
            case INGEST -> limit - limit / 4;
            case BULK -> limit / 2;
        };
    }

    /** Begins to look again after nobody did. */
    void resume(long now) {
        long rested = now - windowBegan;
        if (exact < BEGINNING && rested > WINDOW_NANOS) {
            set(Math.min(BEGINNING, exact + (double) rested / REST_NANOS));
        }
        begin(now);
    }

    /**
     * A timer has fired.
     *
     * @param late by how much, nanoseconds, 0 or more
     * @param most how many were under way at most since the one before
     */
    void beat(long now, long late, int most) {
        long since = now - lastBeat;
        lastBeat = now;
        lateSum += (double) late * since;
        beats++;
        peak = Math.max(peak, most);
        if (beats >= WINDOW_BEATS && now - windowBegan >= WINDOW_NANOS) {
            double mean = lateSum / Math.max(1, now - windowBegan);
            double wanted = now - youngUntil < 0 ? (double) wantedNanos * YOUTH : wantedNanos;
            if (mean > wanted) {
                set(exact * Math.max(MOST_SHRINKING, wanted / mean));
            } else if (peak * 2 >= limit) {
                set(exact * (1 + GROWTH) + 1);
            }
            begin(now);
        }
    }

    private void begin(long now) {
        windowBegan = now;
        lastBeat = now;
        lateSum = 0;
        beats = 0;
        peak = 0;
    }

    private void set(double wanted) {
        exact = Math.max(LEAST, Math.min(MOST - RESERVE, wanted));
        limit = (int) exact;
    }
}
