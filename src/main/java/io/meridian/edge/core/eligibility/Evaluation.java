package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.model.Facts;
import java.util.Arrays;

/**
 * What the conditions of a set said about the current facts, each evaluated at most once. Scratch of one request, reused,
 * confined to one thread; {@link #reset()} it whenever the facts change, or the data classes that are visible.
 */
public final class Evaluation {
    private static final int OUTCOME_BITS = 2;
    private static final int OUTCOME_MASK = (1 << OUTCOME_BITS) - 1;
    private static final int LAST_EPOCH = (1 << (31 - OUTCOME_BITS)) - 1;

    private final ConditionSet conditions;
    /** Per condition the epoch it was evaluated in and, in the low bits, the outcome. */
    private final int[] stamped;

    private int epoch = 1;
    private int evaluated;
    private final PositionSet found = new PositionSet();
    private final Matches matches = new Matches();
    private int[] cells = new int[16];

    public Evaluation(ConditionSet conditions) {
        this.conditions = conditions;
        this.stamped = new int[conditions.size()];
    }

    public ConditionSet conditions() {
        return conditions;
    }

    /** The outcome of a condition; {@link ConditionSet#NONE} is always true. */
    public byte of(int conditionIndex, Facts facts) {
        if (conditionIndex == ConditionSet.NONE) {
            return Truth.TRUE;
        }
        int known = stamped[conditionIndex];
        if (known >>> OUTCOME_BITS == epoch) {
            return (byte) (known & OUTCOME_MASK);
        }
        byte outcome = conditions.at(conditionIndex).evaluate(facts);
        evaluated++;
        stamped[conditionIndex] = (epoch << OUTCOME_BITS) | outcome;
        return outcome;
    }

    /** How many conditions were evaluated since the last reset. */
    public int evaluated() {
        return evaluated;
    }

    /** Forgets all outcomes. Constant time but for once in half a billion calls. */
    public void reset() {
        if (epoch == LAST_EPOCH) {
            Arrays.fill(stamped, 0);
            epoch = 0;
        }
        epoch++;
        evaluated = 0;
    }

    /** Where an index gathers who may match; empty. */
    PositionSet found() {
        return found;
    }

    /** Room for a cell per scale of an index, of arbitrary content. */
    int[] cells(int scales) {
        if (cells.length < scales) {
            cells = new int[scales];
        }
        return cells;
    }

    /** Where an index leaves who matched. */
    Matches matches() {
        return matches;
    }
}
