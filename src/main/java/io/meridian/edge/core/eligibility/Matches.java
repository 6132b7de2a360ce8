package io.meridian.edge.core.eligibility;

import java.util.Arrays;

/** The candidates an {@link EligibilityIndex} found. Scratch of one request: holds until the next match over the same evaluation. */
public final class Matches {
    private int[] positions = new int[64];
    private int size;

    Matches() {}

    public int size() {
        return size;
    }

    /** A position in the candidate list, ascending with the index. */
    public int at(int index) {
        return positions[index];
    }

    void clear() {
        size = 0;
    }

    void add(int position) {
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, size * 2);
        }
        positions[size++] = position;
    }
}
