package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.model.Facts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the candidates of one list whose condition is true, at a cost that follows how many these are and not how many there are.
 * Immutable.
 *
 * <p>After Whang et al., <em>Indexing Boolean Expressions</em>, VLDB 2009, a condition is taken as a bounded disjunction of
 * conjunctions of demands on single facts ({@link Conjunctions}): equality and lists, ranges of numbers, elements, bools, presence. Unlike
 * there, conjunctions are not counted over a posting list per demand, for where thousands of rules ask for the same tier and the same
 * device each such list is long; they are told apart by one fact after the other, as in Sadoghi and Jacobsen's BE-tree (SIGMOD
 * 2011): by the fact that spares most first, then what is left together by the next ({@link IndexBuilder}).
 *
 * <p>What a visitor's facts lead to may be eligible, and only that is evaluated, whole. So the index never has to be exact, and what it
 * finds is what plain evaluation finds: a demand on a fact that is absent or unknown is not met, and neither is the condition then
 * true.
 */
public final class EligibilityIndex {
    /** The most entries of one candidate: what bounds the memory of an index. */
    static final int MOST_ENTRIES = 256;

    private final ConditionSet conditions;
    private final int[] conditionIndexes;
    /** The candidates of which only evaluating can tell, and those without a condition. */
    private final int[] always;

    private final @Nullable IndexNode root;

    /**
     * @param conditionIndexes the condition of each candidate, {@link ConditionSet#NONE} if it has none
     */
    public EligibilityIndex(ConditionSet conditions, int[] conditionIndexes) {
        this.conditions = conditions;
        this.conditionIndexes = conditionIndexes.clone();
        List<Integer> unindexed = new ArrayList<>();
        List<IndexEntry> entries = new ArrayList<>();
        for (int position = 0; position < conditionIndexes.length; position++) {
            int condition = conditionIndexes[position];
            List<List<Demand>> conjunctions = condition == ConditionSet.NONE
                    ? List.of(List.of())
                    : Conjunctions.of(conditions.at(condition).expression());
            if (conjunctions.stream().anyMatch(List::isEmpty)) {
                unindexed.add(position);
                continue;
            }
            for (List<Demand> demands : conjunctions) {
                entries.add(new IndexEntry(position, demands, MOST_ENTRIES / conjunctions.size()));
            }
        }
        this.always = unindexed.stream().mapToInt(Integer::intValue).toArray();
        this.root = IndexBuilder.build(entries);
    }

    /** How many candidates the list has. */
    public int size() {
        return conditionIndexes.length;
    }

    /** How many candidates are looked at for every visitor: those without a condition, and those whose condition cannot be indexed. */
    public int alwaysLookedAt() {
        return always.length;
    }

    /**
     * The positions of the candidates whose condition is true, ascending.
     *
     * @param evaluation over the same condition set, reset for these facts; keeps what is returned until the next match
     */
    public Matches match(Facts facts, Evaluation evaluation) {
        if (evaluation.conditions() != conditions) {
            throw new IllegalArgumentException("an evaluation of other conditions");
        }
        PositionSet found = evaluation.found();
        found.reserve(conditionIndexes.length);
        for (int position : always) {
            found.add(position);
        }
        if (root != null) {
            root.collect(facts, found);
        }
        Matches matches = evaluation.matches();
        matches.clear();
        for (int position = found.poll(); position >= 0; position = found.poll()) {
            if (evaluation.of(conditionIndexes[position], facts) == Truth.TRUE) {
                matches.add(position);
            }
        }
        return matches;
    }
}
