package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.Demand.Aspect;
import io.meridian.edge.core.eligibility.Demand.Axis;
import io.meridian.edge.core.model.Facts;
import java.util.Arrays;

/**
 * The values of a number in cells, so that a range is a few keys. Where rules draw many lines cells are narrow. There are levels: on each
 * a cell is four cells of the level below, and a range stands on the finest on which it takes few.
 */
final class Grid extends Scale {
    /** The most keys a range becomes. */
    static final int MOST_KEYS = 4;

    /** So many cells of one level make one of the next: 2 to this power. */
    private static final int FACTOR_BITS = 2;

    private static final int MOST_BOUNDS = (1 << 12) - 1;

    private final Axis axis;
    /** Ascending. Cell i holds the values from bound i - 1, included, to below bound i. */
    private final double[] bounds;

    /** @param ends of the ranges that rules ask for, in any order, finite */
    Grid(Axis axis, double[] ends) {
        this.axis = axis;
        double[] sorted = Arrays.stream(ends).sorted().distinct().toArray();
        if (sorted.length <= MOST_BOUNDS) {
            this.bounds = sorted;
            return;
        }
        this.bounds = new double[MOST_BOUNDS];
        for (int i = 0; i < MOST_BOUNDS; i++) {
            bounds[i] = sorted[(int) ((long) i * sorted.length / MOST_BOUNDS)];
        }
    }

    /** What is not a number meets no range. */
    @Override
    int cell(Facts facts) {
        if (facts.state(axis.slot()) != Facts.PRESENT) {
            return NONE;
        }
        double value = axis.aspect() == Aspect.WHOLE ? facts.longAt(axis.slot()) : facts.doubleAt(axis.slot());
        return Double.isNaN(value) ? NONE : cell(value);
    }

    /** The cell of a value on the finest level. Grows with the value. */
    int cell(double value) {
        int low = 0;
        int high = bounds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** How many cells there are on the finest level. */
    int cells() {
        return bounds.length + 1;
    }

    /**
     * The finest level on which a range takes at most {@link #MOST_KEYS} cells; level 0 is the finest of all.
     *
     * @param first the cell of its low end on the finest level
     * @param last the cell of its high end, not before the first
     */
    static int level(int first, int last) {
        int level = 0;
        while (on(level, last) - on(level, first) >= MOST_KEYS) {
            level++;
        }
        return level;
    }

    /** The cell of a level that holds a cell of the finest. */
    static int on(int level, int cell) {
        return cell >> (level * FACTOR_BITS);
    }
}
