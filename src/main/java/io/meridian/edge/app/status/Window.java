package io.meridian.edge.app.status;

import io.meridian.edge.adapter.http.times.TimeHistogram;
import java.util.Map;

/** What happened between two readings. */
record Window(Reading from, Reading to) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** How long it is, seconds; never 0. */
    double seconds() {
        return Math.max(1, to.nanos() - from.nanos()) / NANOS_PER_SECOND;
    }

    /** By how much a counter rose; 0 if there is none of this name. */
    long rose(String name) {
        return rise(name, to.values().getOrDefault(name, 0.0));
    }

    /** By how much all counters of a name rose together, whatever their tags. */
    long roseInAll(String name) {
        long sum = 0;
        for (Map.Entry<String, Double> value : to.values().entrySet()) {
            if (value.getKey().equals(name) || value.getKey().startsWith(name + "/")) {
                sum += rise(value.getKey(), value.getValue());
            }
        }
        return sum;
    }

    private long rise(String key, double now) {
        return Math.round(now - from.values().getOrDefault(key, 0.0));
    }

    /** Decisions, or passages through a stage. */
    long count(int histogram) {
        long sum = 0;
        for (long count : counts(histogram)) {
            sum += count;
        }
        return sum;
    }

    /** As {@link TimeHistogram#quantile}, seconds, of what ended within the window. */
    double quantile(int histogram, double share) {
        return TimeHistogram.quantile(counts(histogram), share);
    }

    private long[] counts(int histogram) {
        long[] counts = to.times()[histogram].clone();
        for (int i = 0; i < counts.length; i++) {
            counts[i] -= from.times()[histogram][i];
        }
        return counts;
    }

    /** Decisions. */
    long decisions() {
        return count(0);
    }

    /** A share of all decisions, 0 if there were none. */
    double share(long decisions) {
        long all = decisions();
        return all == 0 ? 0 : Math.min(1, decisions / (double) all);
    }
}
