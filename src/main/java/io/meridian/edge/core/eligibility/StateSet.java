package io.meridian.edge.core.eligibility;

import java.util.Arrays;

/**
 * Some of the states a fact can be in: absent, or one of the values, which stand as whole numbers in their order. A double stands
 * as the number of its place among all doubles, so that open and closed bounds are the same thing. Immutable.
 */
final class StateSet {
    static final StateSet NONE = new StateSet(false, false);
    /** There is no value. */
    static final StateSet ABSENT = new StateSet(true, false);
    /** Not a number, which no order knows. */
    static final StateSet NAN = new StateSet(false, true);
    /** Every value but {@link #NAN}. */
    static final StateSet VALUES = between(Long.MIN_VALUE, Long.MAX_VALUE);

    private final boolean absent;
    private final boolean nan;
    /** First and last of each run, ascending, with at least one value between two runs. */
    private final long[] runs;

    private StateSet(boolean absent, boolean nan, long... runs) {
        this.absent = absent;
        this.nan = nan;
        this.runs = runs;
    }

    /** Just these values. */
    static StateSet of(long... values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        long[] runs = new long[2 * sorted.length];
        int length = 0;
        for (long value : sorted) {
            if (length > 0 && runs[length - 1] >= value - 1 && value != Long.MIN_VALUE) {
                runs[length - 1] = value;
            } else {
                runs[length++] = value;
                runs[length++] = value;
            }
        }
        return new StateSet(false, false, Arrays.copyOf(runs, length));
    }

    /** Both ends included; nothing if the first is above the last. */
    static StateSet between(long first, long last) {
        return first > last ? NONE : new StateSet(false, false, first, last);
    }

    /** The place of a double among all: zero and minus zero are one. Not for {@link Double#NaN}. */
    static long place(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits >= 0 ? bits : -(bits & Long.MAX_VALUE);
    }

    boolean isEmpty() {
        return !absent && !nan && runs.length == 0;
    }

    StateSet and(StateSet other) {
        long[] both = new long[runs.length + other.runs.length];
        int length = 0;
        int i = 0;
        int j = 0;
        while (i < runs.length && j < other.runs.length) {
            long first = Math.max(runs[i], other.runs[j]);
            long last = Math.min(runs[i + 1], other.runs[j + 1]);
            if (first <= last) {
                both[length++] = first;
                both[length++] = last;
            }
            if (runs[i + 1] < other.runs[j + 1]) {
                i += 2;
            } else {
                j += 2;
            }
        }
        return new StateSet(absent && other.absent, nan && other.nan, Arrays.copyOf(both, length));
    }

    StateSet or(StateSet other) {
        if (other.runs.length == 0) {
            return new StateSet(absent || other.absent, nan || other.nan, runs);
        }
        return not().and(other.not()).not();
    }

    /** Every state that is not in it. */
    StateSet not() {
        long[] gaps = new long[runs.length + 2];
        int length = 0;
        long next = Long.MIN_VALUE;
        boolean open = true;
        for (int i = 0; i < runs.length; i += 2) {
            if (next < runs[i]) {
                gaps[length++] = next;
                gaps[length++] = runs[i] - 1;
            }
            open = runs[i + 1] != Long.MAX_VALUE;
            next = runs[i + 1] + 1;
        }
        if (open) {
            gaps[length++] = next;
            gaps[length++] = Long.MAX_VALUE;
        }
        return new StateSet(!absent, !nan, Arrays.copyOf(gaps, length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StateSet set && set.absent == absent && set.nan == nan && Arrays.equals(set.runs, runs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(runs) * 4 + (absent ? 2 : 0) + (nan ? 1 : 0);
    }

    @Override
    public String toString() {
        return (absent ? "absent " : "") + (nan ? "NaN " : "") + Arrays.toString(runs);
    }
}
