package io.meridian.load.measure;

import io.meridian.load.measure.Recorder.Outcome;
import io.meridian.load.results.KindResult;
import org.HdrHistogram.Histogram;

/** Counts and latencies of one kind in one phase. Thread-safe. */
final class Tally {
    /** Three digits: a percentile is at most 0.1 % off. Grows with what is recorded. */
    private static final int DIGITS = 3;

    private static final double NANOS_PER_MILLI = 1e6;

    private final Histogram latencies = new Histogram(DIGITS);
    private long sent;
    private long shed;
    private long failed;
    private long degraded;

    Tally() {
        latencies.setAutoResize(true);
    }

    synchronized void sent() {
        sent++;
    }

    synchronized void ended(Outcome outcome, long nanos) {
        switch (outcome) {
            case GOOD -> latencies.recordValue(Math.max(0, nanos));
            case DEGRADED -> {
                latencies.recordValue(Math.max(0, nanos));
                degraded++;
            }
            case SHED -> shed++;
            case FAILED -> failed++;
        }
    }

    synchronized void add(Tally other) {
        synchronized (other) {
            latencies.add(other.latencies);
            sent += other.sent;
            shed += other.shed;
            failed += other.failed;
            degraded += other.degraded;
        }
    }

    synchronized KindResult result(double seconds) {
        long good = latencies.getTotalCount();
        return new KindResult(
                sent,
                good,
                shed,
                failed,
                degraded,
                round(good / seconds),
                round(good == 0 ? 0 : latencies.getMean() / NANOS_PER_MILLI),
                percentile(50),
                percentile(95),
                percentile(99),
                percentile(99.9),
                percentile(100));
    }

    private double percentile(double percent) {
        return latencies.getTotalCount() == 0 ? 0 : round(latencies.getValueAtPercentile(percent) / NANOS_PER_MILLI);
    }

    /** Microseconds are enough, and readable. */
    private static double round(double value) {
        return Math.rint(value * 1000) / 1000;
    }
}
