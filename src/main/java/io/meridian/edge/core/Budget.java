package io.meridian.edge.core;

import java.util.concurrent.TimeUnit;

/**
 * How a request's time is split. It begins when the request was read and lasts as long as the caller is patient, at most {@link
 * #MAX_MILLIS}:
 *
 * <ul>
 *   <li><b>admit</b> takes what it takes, and so does the waiting before it;
 *   <li><b>read</b> may take what is left but for what the models need and what is kept; never less than half of what is left but for what
 *       is kept, so that a slow model does not cost the profile. Nothing is read once all that is over;
 *   <li><b>score</b>: a model runs if what it needs ({@link io.meridian.edge.core.scoring.Pace}, its 99th percentile) is left but for
 *       what is kept; else it is skipped;
 *   <li><b>answer</b>: for it {@link #KEPT_MICROS} are kept, of a short patience a quarter. Most of that is for the store, which notices
 *       that a read took too long about two milliseconds late; ranking and writing take a tenth of one.
 * </ul>
 *
 * One per workspace, set anew for each request. Measures with the pipeline's nanosecond clock.
 */
final class Budget {
    /** The longest patience, milliseconds: a caller's own is capped by it. */
    static final int MAX_MILLIS = 1000;

    static final int KEPT_MICROS = 3000;

    private static final int KEPT_SHARE = 4;

    private long scoredBy;

    /**
     * @param read when the request was read, by the clock
     * @param patienceMillis the caller's, 1 or more
     */
    void begin(long read, int patienceMillis) {
        long patience = TimeUnit.MILLISECONDS.toNanos(Math.min(patienceMillis, MAX_MILLIS));
        scoredBy = read + patience - Math.min(TimeUnit.MICROSECONDS.toNanos(KEPT_MICROS), patience / KEPT_SHARE);
    }

    /**
     * How long the read may take, whole milliseconds; 0 if there is no time for one.
     *
     * @param now by the clock
     * @param modelNanos what the models need after it
     */
    int readMillis(long now, long modelNanos) {
        long left = scoredBy - now;
        if (left <= 0) {
            return 0;
        }
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(Math.max(left - modelNanos, left / 2)));
    }

    /** What scoring may take from now on, nanoseconds; may be negative. */
    long scoringNanos(long now) {
        return scoredBy - now;
    }
}
