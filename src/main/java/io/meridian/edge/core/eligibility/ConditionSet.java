package io.meridian.edge.core.eligibility;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The distinct conditions of a bundle by index, so that one shared by many offers is evaluated once. Immutable. */
public final class ConditionSet {
    /** The index that stands for "no condition": always true. */
    public static final int NONE = -1;

    private final Condition[] conditions;

    private ConditionSet(List<Condition> conditions) {
        this.conditions = conditions.toArray(new Condition[0]);
    }

    public int size() {
        return conditions.length;
    }

    public Condition at(int index) {
        return conditions[index];
    }

    /** The slots any of them reads. */
    public BitSet slots() {
        BitSet slots = new BitSet();
        for (Condition condition : conditions) {
            slots.or(condition.slots());
        }
        return slots;
    }

    /** The string constants of all, interned; see {@link Condition#strings()}. */
    public Set<String> strings() {
        Set<String> strings = new HashSet<>();
        for (Condition condition : conditions) {
            strings.addAll(condition.strings());
        }
        return strings;
    }

    /** Collects conditions over one layout. */
    public static final class Builder {
        private final List<Condition> conditions = new ArrayList<>();
        private final Map<String, Integer> byCanonicalText = new HashMap<>();

        /** The index of this condition, or of an earlier one that means the same by construction. */
        public int add(Condition condition) {
            Integer known = byCanonicalText.putIfAbsent(condition.canonical(), conditions.size());
            if (known != null) {
                return known;
            }
            conditions.add(condition);
            return conditions.size() - 1;
        }

        public ConditionSet build() {
            return new ConditionSet(conditions);
        }
    }
}
