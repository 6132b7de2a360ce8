package io.meridian.load.measure;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How late this process itself is: a thread that wants to run every millisecond notes by how much it missed that. Where the client stalls,
 * latencies tell of the client and not of the service.
 */
public final class StallMeter implements AutoCloseable {
    private static final long TICK_NANOS = 1_000_000;

    private final Histogram late = new Histogram(3);
    private final Thread thread = new Thread(this::run, "stall-meter");
    private volatile boolean open = true;

    public StallMeter() {
        late.setAutoResize(true);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (open) {
            long due = System.nanoTime() + TICK_NANOS;
            LockSupport.parkNanos(TICK_NANOS);
            long behind = System.nanoTime() - due;
            synchronized (late) {
                late.recordValue(Math.max(0, behind));
            }
        }
    }

    /** The 99th percentile of the lateness so far, milliseconds. */
    public double p99Millis() {
        synchronized (late) {
            return late.getTotalCount() == 0 ? 0 : late.getValueAtPercentile(99) / 1e6;
        }
    }

    @Override
    public void close() {
        open = false;
    }
}
