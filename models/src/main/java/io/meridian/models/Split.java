package io.meridian.models;

import java.util.Arrays;

/**
 * Rows for training (60%), for choosing the number of trees (15%) and for the metrics (25%), drawn by group: a customer trained
 * on must not be one of those the model is judged by.
 */
record Split(int[] training, int[] validation, int[] test) {
    static Split of(Table table, long seed) {
        int[][] parts = {new int[table.rows()], new int[table.rows()], new int[table.rows()]};
        int[] sizes = new int[3];
        for (int row = 0; row < table.rows(); row++) {
            long drawn = Long.remainderUnsigned(mix(table.group(row) + mix(seed)), 100);
            int part = drawn < 60 ? 0 : drawn < 75 ? 1 : 2;
            parts[part][sizes[part]++] = row;
        }
        return new Split(
                Arrays.copyOf(parts[0], sizes[0]),
                Arrays.copyOf(parts[1], sizes[1]),
                Arrays.copyOf(parts[2], sizes[2]));
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
