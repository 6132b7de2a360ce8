package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.Demand.Aspect;
import io.meridian.edge.core.eligibility.Demand.Axis;
import io.meridian.edge.core.model.Facts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of an index: some candidates, told apart by one fact or not at all. Immutable, allocates nothing. */
abstract class IndexNode {
    /** Those on whose condition the node's fact says nothing. */
    private final @Nullable IndexNode rest;

    IndexNode(@Nullable IndexNode rest) {
        this.rest = rest;
    }

    /** Adds every candidate whose demands these facts may meet. */
    final void collect(Facts facts, PositionSet found) {
        for (IndexNode node = this; node != null; node = node.rest) {
            node.collectOwn(facts, found);
        }
    }

    abstract void collectOwn(Facts facts, PositionSet found);

    static void collect(@Nullable IndexNode node, Facts facts, PositionSet found) {
        if (node != null) {
            node.collect(facts, found);
        }
    }

    /** A few, or some that nothing tells apart. */
    static final class Leaf extends IndexNode {
        private final int[] positions;

        Leaf(int[] positions) {
            super(null);
            this.positions = positions;
        }

        @Override
        void collectOwn(Facts facts, PositionSet found) {
            for (int position : positions) {
                found.add(position);
            }
        }
    }

    /** By the value of a string, or by each element of several. */
    static final class ByString extends IndexNode {
        private final int slot;
        private final boolean elements;
        /** An open-addressed table, at most half full. */
        private final @Nullable String[] keys;

        private final @Nullable IndexNode[] children;

        ByString(int slot, boolean elements, Map<Object, IndexNode> children, @Nullable IndexNode rest) {
            super(rest);
            this.slot = slot;
            this.elements = elements;
            int capacity = Integer.highestOneBit(children.size()) * 4;
            this.keys = new String[capacity];
            this.children = new IndexNode[capacity];
            children.forEach((key, child) -> {
                int at = place((String) key);
                this.keys[at] = (String) key;
                this.children[at] = child;
            });
        }

        @Override
        void collectOwn(Facts facts, PositionSet found) {
            if (facts.state(slot) != Facts.PRESENT) {
                return;
            }
            if (!elements) {
                collect(children[place(facts.stringAt(slot))], facts, found);
                return;
            }
            for (String element : facts.stringsAt(slot)) {
                collect(children[place(element)], facts, found);
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

    /** By the value of a bool, or by whether a fact is present or absent. */
    static final class ByTruth extends IndexNode {
        private final int slot;
        private final boolean presence;
        private final @Nullable IndexNode whenTrue;
        private final @Nullable IndexNode whenFalse;

        ByTruth(int slot, boolean presence, Map<Object, IndexNode> children, @Nullable IndexNode rest) {
            super(rest);
            this.slot = slot;
            this.presence = presence;
            this.whenTrue = children.get(true);
            this.whenFalse = children.get(false);
        }

        @Override
        void collectOwn(Facts facts, PositionSet found) {
            byte state = facts.state(slot);
            if (state == Facts.PRESENT) {
                collect(presence || facts.boolAt(slot) ? whenTrue : whenFalse, facts, found);
            } else if (state == Facts.ABSENT && presence) {
                collect(whenFalse, facts, found);
            }
        }
    }

    /** By a number: ranges that end below a point, ranges that begin above it; those that hold it are the rest. */
    static final class ByNumber extends IndexNode {
        private final int slot;
        private final boolean whole;
        private final double point;
        private final @Nullable IndexNode below;
        private final @Nullable IndexNode above;

        ByNumber(
                Axis axis,
                double point,
                @Nullable IndexNode below,
                @Nullable IndexNode above,
                @Nullable IndexNode rest) {
            super(rest);
            this.slot = axis.slot();
            this.whole = axis.aspect() == Aspect.WHOLE;
            this.point = point;
            this.below = below;
            this.above = above;
        }

        @Override
        void collectOwn(Facts facts, PositionSet found) {
            if (facts.state(slot) != Facts.PRESENT) {
                return;
            }
            double value = whole ? facts.longAt(slot) : facts.doubleAt(slot);
            if (value < point) {
                collect(below, facts, found);
            } else if (value > point) {
                collect(above, facts, found);
            }
        }
    }
}
