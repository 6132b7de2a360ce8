package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.model.Facts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place of an index from which one fact leads on. Immutable, allocates nothing. */
abstract class IndexSwitch {
    /** See {@link IndexNode#collect}. */
    abstract void collect(Facts facts, int[] cells, PositionSet found);

    /** The size of an open-addressed table that is at most half full. */
    private static int capacity(int keys) {
        return Integer.highestOneBit(keys) * 4;
    }

    /** By the visitor's cell on one scale. */
    static final class ByCell extends IndexSwitch {
        private final int scale;
        private final int level;
        /** Cells plus one; 0 is a free place. */
        private final int[] keys;

        private final @Nullable IndexNode[] children;

        /** @param level of a grid; else 0 */
        ByCell(int scale, int level, Map<Object, IndexNode> children) {
            this.scale = scale;
            this.level = level;
            this.keys = new int[capacity(children.size())];
            this.children = new IndexNode[keys.length];
            children.forEach((key, child) -> {
                int at = place((Integer) key + 1);
                this.keys[at] = (Integer) key + 1;
                this.children[at] = child;
            });
        }

        @Override
        void collect(Facts facts, int[] cells, PositionSet found) {
            int cell = cells[scale];
            IndexNode child = cell == Scale.NONE ? null : children[place(Grid.on(level, cell) + 1)];
            if (child != null) {
                child.collect(facts, cells, found);
            }
        }

        /** Where the key is, or the free place where it would be. */
        private int place(int sought) {
            int at = sought & (keys.length - 1);
            while (keys[at] != 0 && keys[at] != sought) {
                at = (at + 1) & (keys.length - 1);
            }
            return at;
        }
    }

    /** By each element of several strings. */
    static final class ByElement extends IndexSwitch {
        private final int slot;
        private final @Nullable String[] keys;
        private final @Nullable IndexNode[] children;

        ByElement(int slot, Map<Object, IndexNode> children) {
            this.slot = slot;
            this.keys = new String[capacity(children.size())];
            this.children = new IndexNode[keys.length];
            children.forEach((key, child) -> {
                int at = place((String) key);
                this.keys[at] = (String) key;
                this.children[at] = child;
            });
        }

        @Override
        void collect(Facts facts, int[] cells, PositionSet found) {
            if (facts.state(slot) != Facts.PRESENT) {
                return;
            }
            for (String element : facts.stringsAt(slot)) {
                IndexNode child = children[place(element)];
                if (child != null) {
                    child.collect(facts, cells, found);
                }
            }
        }

        /** Where the key is, or the free place where it would be. */
        private int place(String sought) {
            int mask = keys.length - 1;
            int hash = sought.hashCode();
            int at = (hash ^ (hash >>> 16)) & mask;
            for (String key = keys[at]; key != null && !key.equals(sought); key = keys[at]) {
                at = (at + 1) & mask;
            }
            return at;
        }
    }
}
