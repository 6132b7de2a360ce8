package io.meridian.edge.core.eligibility;

/**
 * A set of positions in a candidate list that costs what is in it: filled in any order, taken out in ascending order. A bit per
 * position, and a bit per word that has any, so that of a hundred thousand positions without a member 25 words are looked at. Grows to
 * the longest list and stays.
 */
final class PositionSet {
    private long[] words = new long[64];
    private long[] filled = new long[1];
    /** Where {@link #poll} looks first; everything before is empty. */
    private int group;

    /** Makes room for positions below {@code size}. Only while empty. */
    void reserve(int size) {
        int needed = (size + 63) >>> 6;
        if (words.length < needed) {
            words = new long[needed];
            filled = new long[(needed + 63) >>> 6];
        }
    }

    /** Adds a position. Not between the first {@link #poll} and the one that finds none. */
    void add(int position) {
        int word = position >>> 6;
        words[word] |= 1L << position;
        filled[word >>> 6] |= 1L << word;
    }

    /** Takes out the lowest position; -1 if there is none. */
    int poll() {
        while (group < filled.length) {
            long words64 = filled[group];
            if (words64 != 0) {
                int word = (group << 6) + Long.numberOfTrailingZeros(words64);
                long bits = words[word];
                words[word] = bits & (bits - 1);
                if (words[word] == 0) {
                    filled[group] = words64 & (words64 - 1);
                }
                return (word << 6) + Long.numberOfTrailingZeros(bits);
            }
            group++;
        }
        group = 0;
        return -1;
    }
}
