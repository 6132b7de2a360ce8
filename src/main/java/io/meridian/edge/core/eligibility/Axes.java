package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.Demand.Axis;
import io.meridian.edge.core.eligibility.Demand.Keys;
import io.meridian.edge.core.eligibility.Demand.Range;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what a list of entries demands on each axis and finds the one that tells them apart best. */
final class Axes {
    /**
     * How to tell entries apart.
     *
     * @param point of an axis of numbers: the entries that end below it, begin above it or hold it
     * @param expected how many entries are left to look at for a visitor
     */
    record Split(Axis axis, double point, double expected) {}

    private final Map<Axis, Tally> tallies = new LinkedHashMap<>();
    private final int total;

    Axes(List<IndexEntry> entries) {
        this.total = entries.size();
        for (IndexEntry entry : entries) {
            for (Demand demand : entry.open()) {
                // Of demands on several elements only the first: it is the one a split would use.
                if (demand.equals(entry.on(demand.axis()))) {
                    tallies.computeIfAbsent(demand.axis(), axis -> new Tally()).add(demand);
                }
            }
        }
    }

    /** The best axis; null if there is none at all. */
    @Nullable
    Split best() {
        Split best = null;
        for (Map.Entry<Axis, Tally> tally : tallies.entrySet()) {
            Split split = tally.getValue().split(tally.getKey(), total);
            if (split != null && (best == null || split.expected < best.expected)) {
                best = split;
            }
        }
        return best;
    }

    /** The demands on one axis. */
    private static final class Tally {
        private final Map<Object, int[]> byKey = new HashMap<>();
        private double[] lows = new double[4];
        private double[] highs = new double[4];
        private int entries;
        private int ranges;

        void add(Demand demand) {
            entries++;
            if (demand instanceof Keys keys) {
                for (Object key : keys.keys()) {
                    byKey.computeIfAbsent(key, one -> new int[1])[0]++;
                }
            } else if (demand instanceof Range range) {
                if (ranges == lows.length) {
                    lows = Arrays.copyOf(lows, ranges * 2);
                    highs = Arrays.copyOf(highs, ranges * 2);
                }
                lows[ranges] = range.low();
                highs[ranges++] = range.high();
            }
        }

        @Nullable
        Split split(Axis axis, int total) {
            return ranges > 0 ? byPoint(axis, total) : byKey(axis, total);
        }

        /** What rules ask for often visitors have often: a key's share is its chance; a share is left for keys nobody asks for. */
        private Split byKey(Axis axis, int total) {
            double copies = 0;
            double squares = 0;
            for (int[] count : byKey.values()) {
                copies += count[0];
                squares += (double) count[0] * count[0];
            }
            double others = 1 + 1.0 / byKey.size();
            return new Split(axis, 0, total - entries + squares / (copies * others));
        }

        /** At the median of all ends, so that half of the visitors are on either side as far as rules can tell. */
        private @Nullable Split byPoint(Axis axis, int total) {
            double[] ends = new double[ranges * 2];
            int count = 0;
            for (int i = 0; i < ranges; i++) {
                if (lows[i] != Double.NEGATIVE_INFINITY) {
                    ends[count++] = lows[i];
                }
                if (highs[i] != Double.POSITIVE_INFINITY) {
                    ends[count++] = highs[i];
                }
            }
            if (count == 0) {
                return null;
            }
            Arrays.sort(ends, 0, count);
            double point = ends[count / 2];
            int apart = 0;
            for (int i = 0; i < ranges; i++) {
                apart += highs[i] < point || lows[i] > point ? 1 : 0;
            }
            return new Split(axis, point, total - apart / 2.0);
        }
    }
}
