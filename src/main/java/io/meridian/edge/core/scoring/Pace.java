package io.meridian.edge.core.scoring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long a model's runs take: a rolling 99th percentile for every doubling of rows, in a few numbers.
 *
 * <p>A run that took longer than the estimate raises it by a tenth, any other lowers it by 1/99 of that: it stands still where one run in
 * a hundred is longer (stochastic approximation of a quantile; compare Ma, Muthukrishnan and Sandler, "Frugal Streaming for Estimating
 * Quantiles", 2013). So one stall moves it little, some dozens of slow runs in a row move it by any factor, and what is long past has no
 * weight.
 *
 * <p>A model that is skipped teaches nothing. So that skipping cannot last for ever, it is tried once it has not run for {@link
 * #RETRY_NANOS}, whatever the time that is left, and that one run is then the estimate if it was faster.
 *
 * <p>Shared by all threads without locks. Updates that collide get lost; with thousands a second none matters.
 */
public final class Pace {
    /** How long a model is at most not tried. */
    static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int SIZES = Integer.SIZE - Integer.numberOfLeadingZeros(Scorer.MAX_ROWS);
    private static final long LEAST_NANOS = TimeUnit.MICROSECONDS.toNanos(16);
    private static final double RISE = 1.1;
    private static final double FALL = 1 - 0.1 / 99;

    private final AtomicLongArray estimates = new AtomicLongArray(SIZES);
    private final AtomicLongArray lastRuns = new AtomicLongArray(SIZES);
    private volatile int usual;

    /**
     * True if the model should run: it needs no more than the time that is left, or has not run for long.
     *
     * @param rows of the run, 1 to {@link Scorer#MAX_ROWS}
     * @param leftNanos may be negative
     * @param now by the clock of {@link #ran}
     */
    public boolean permits(int rows, long leftNanos, long now) {
        int size = size(rows);
        long needed = estimates.get(size);
        if (needed <= leftNanos || needed == 0) {
            return true;
        }
        long last = lastRuns.get(size);
        // Whoever sets the time is the one that tries.
        return now - last >= RETRY_NANOS && lastRuns.compareAndSet(size, last, now - RETRY_NANOS / 2);
    }

    /**
     * Learns from a run.
     *
     * @param rows it had
     * @param began by the clock
     * @param ended by the clock
     */
    public void ran(int rows, long began, long ended) {
        int size = size(rows);
        long took = ended - began;
        long estimate = Math.max(LEAST_NANOS, estimates.get(size));
        boolean wasTried = began - lastRuns.get(size) >= RETRY_NANOS / 2;
        if (took > estimate) {
            estimate = (long) Math.ceil(estimate * RISE);
        } else if (wasTried) {
            estimate = Math.max(LEAST_NANOS, took);
        } else {
            estimate = Math.max(LEAST_NANOS, (long) (estimate * FALL));
        }
        estimates.lazySet(size, estimate);
        lastRuns.lazySet(size, ended);
        if (usual != size) {
            usual = size;
        }
    }

    /** What a run of the size that was last met needs, nanoseconds; 0 before the first. */
    public long neededNanos() {
        return estimates.get(usual);
    }

    private static int size(int rows) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(rows);
    }
}
