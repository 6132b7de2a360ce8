package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.model.Facts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The candidates posted under the values of one attribute: an open-addressed table, at most half full. */
final class PostingTable {
    private final int slot;
    private final @Nullable String[] keys;
    private final int[][] positions;
    private final int mask;

    PostingTable(int slot, Map<String, List<Integer>> byValue) {
        this.slot = slot;
        int capacity = Integer.highestOneBit(byValue.size()) * 4;
        this.mask = capacity - 1;
        this.keys = new String[capacity];
        this.positions = new int[capacity][];
        byValue.forEach((value, posted) -> {
            int at = place(value);
            keys[at] = value;
            positions[at] = posted.stream().mapToInt(Integer::intValue).toArray();
        });
    }

    /** Marks the candidates posted under the attribute's value; none if it has no value or that is not known. */
    void mark(Facts facts, long[] marks) {
        if (facts.state(slot) != Facts.PRESENT) {
            return;
        }
        int at = place(facts.stringAt(slot));
        if (keys[at] == null) {
            return;
        }
        for (int position : positions[at]) {
            marks[position >>> 6] |= 1L << position;
        }
    }

    /** Where the value is, or the free place where it would be. */
    private int place(String value) {
        int hash = value.hashCode();
        int at = (hash ^ (hash >>> 16)) & mask;
        for (String key = keys[at]; key != null && !key.equals(value); key = keys[at]) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
