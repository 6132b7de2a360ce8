package io.meridian.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shares of values per bin, for the card: whoever watches drift compares the same bins in production. Bin {@code i} holds {@code v}
 * with {@code bounds[i-1] < v <= bounds[i]}; the outer bins are open.
 */
record Distribution(String name, List<Double> bounds, List<Double> shares) {
    /** Bounds at the deciles, or between whole numbers for discrete values. */
    static Distribution of(String name, float[] values, boolean discrete) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        List<Double> bounds = new ArrayList<>();
        if (discrete) {
            for (double bound = Math.floor(sorted[0]) + .5; bound < sorted[sorted.length - 1]; bound++) {
                bounds.add(bound);
            }
        } else {
            for (int decile = 1; decile < 10; decile++) {
                // Four decimals read well; rounded up, so that the decile itself stays in the bin that it ends.
                double bound = Math.ceil(sorted[(int) ((long) sorted.length * decile / 10)] * 10_000.0) / 10_000;
                if (bounds.isEmpty() || bound > bounds.get(bounds.size() - 1)) {
                    bounds.add(bound);
                }
            }
        }
        if (bounds.isEmpty()) {
            bounds.add(sorted[0] + .5);
        }
        long[] counts = new long[bounds.size() + 1];
        for (float value : sorted) {
            int bin = 0;
            while (bin < bounds.size() && value > bounds.get(bin)) {
                bin++;
            }
            counts[bin]++;
        }
        List<Double> shares = new ArrayList<>();
        for (long count : counts) {
            shares.add(Math.rint(10_000.0 * count / sorted.length) / 10_000);
        }
        return new Distribution(name, bounds, shares);
    }
}
