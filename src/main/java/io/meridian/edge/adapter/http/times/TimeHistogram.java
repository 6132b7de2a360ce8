package io.meridian.edge.adapter.http.times;

import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts durations in fixed buckets. Recording takes two additions, allocates nothing and is safe for use by any thread. */
public final class TimeHistogram {
    /** Upper bounds of the buckets, nanoseconds, inclusive; what is longer is in one more. */
    private static final long[] BOUNDS = {
        25_000,
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        20_000_000,
        50_000_000,
        100_000_000
    };

    /** How many buckets there are, with the one that has no bound. */
    public static final int BUCKETS = BOUNDS.length + 1;

    private static final double NANOS_PER_SECOND = 1e9;

    private final LongAdder[] buckets = new LongAdder[BUCKETS];
    private final LongAdder nanos = new LongAdder();

    TimeHistogram() {
        for (int i = 0; i < BUCKETS; i++) {
            buckets[i] = new LongAdder();
        }
    }

    /** One duration, nanoseconds. */
    void record(long duration) {
        int bucket = 0;
        while (bucket < BOUNDS.length && duration > BOUNDS[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
        nanos.add(duration);
    }

    /** How many are in each bucket alone, shortest first. A snapshot, as exact as the moment allows. */
    public long[] counts() {
        long[] counts = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] = buckets[i].sum();
        }
        return counts;
    }

    /** Adds its series to others of the same name, for Prometheus. */
    void samples(
            List<Collector.MetricFamilySamples.Sample> samples, String name, List<String> tags, List<String> values) {
        List<String> bucketTags = new ArrayList<>(tags);
        bucketTags.add("le");
        long[] counts = counts();
        long below = 0;
        for (int i = 0; i < counts.length; i++) {
            below += counts[i];
            List<String> bucketValues = new ArrayList<>(values);
            bucketValues.add(Collector.doubleToGoString(bound(i)));
            samples.add(new Collector.MetricFamilySamples.Sample(name + "_bucket", bucketTags, bucketValues, below));
        }
        samples.add(new Collector.MetricFamilySamples.Sample(name + "_count", tags, values, below));
        samples.add(new Collector.MetricFamilySamples.Sample(name + "_sum", tags, values, seconds()));
    }

    /** All durations together, seconds. */
    private double seconds() {
        return nanos.sum() / NANOS_PER_SECOND;
    }

    /** A bucket's upper bound, seconds; infinite for the last. */
    static double bound(int bucket) {
        return bucket == BOUNDS.length ? Double.POSITIVE_INFINITY : BOUNDS[bucket] / NANOS_PER_SECOND;
    }

    /**
     * The duration below which a share of what was counted lies, seconds, interpolated within its bucket as Prometheus' {@code
     * histogram_quantile} does; the last bound if it lies beyond, NaN if nothing was counted.
     *
     * @param counts per bucket, as {@link #counts()} gives them or the difference of two such
     * @param share 0 to 1
     */
    public static double quantile(long[] counts, double share) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        if (total == 0) {
            return Double.NaN;
        }
        double rank = share * total;
        long below = 0;
        for (int i = 0; i < BOUNDS.length; i++) {
            if (counts[i] > 0 && below + counts[i] >= rank) {
                double lower = i == 0 ? 0 : bound(i - 1);
                return lower + (bound(i) - lower) * Math.max(0, rank - below) / counts[i];
            }
            below += counts[i];
        }
        return bound(BOUNDS.length - 1);
    }
}
