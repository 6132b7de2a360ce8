package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.IndexEntry.Step;
import io.meridian.edge.core.model.Facts;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the candidates of one list whose condition is true, at a cost that follows how many these are and not how many there are.
 * Immutable.
 *
 * <p>After Whang et al., <em>Indexing Boolean Expressions</em>, VLDB 2009, a condition is taken as a bounded disjunction of
 * conjunctions of demands on single facts ({@link Conjunctions}): equality and lists, ranges of numbers ({@link Grid}), elements, bools,
 * presence. Unlike there, conjunctions are not counted over a posting list per demand, for where thousands of rules ask for the same
 * tier each such list is long. A conjunction is posted once, under the demand that fewest visitors meet, and those that share this
 * place are told apart by their next rarest demand, and so on until few are left ({@link IndexBuilder}). Every fact that
 * rules ask about becomes a whole number first ({@link Scale}), so that telling apart is comparing those.
 *
 * <p>What a visitor's facts lead to may be eligible, and only that is evaluated, whole. So the index never has to be exact, and what it
 * finds is what plain evaluation finds: a demand on a fact that is absent or unknown is not met, and neither is the condition then
 * true.
 */
public final class EligibilityIndex {
    /** The most entries of one candidate: what bounds the memory of an index. */
    private static final int MOST_ENTRIES = 256;

    private final ConditionSet conditions;
    private final int[] conditionIndexes;
    /** The candidates of which only evaluating can tell, and those without a condition. */
    private final int[] always;

    private final Scale[] scales;
    private final IndexNode root;

    /**
     * @param conditionIndexes the condition of each candidate, {@link ConditionSet#NONE} if it has none
     */
    public EligibilityIndex(ConditionSet conditions, int[] conditionIndexes) {
        this.conditions = conditions;
        this.conditionIndexes = conditionIndexes.clone();
        List<List<List<Demand>>> byPosition = new ArrayList<>(conditionIndexes.length);
        for (int condition : conditionIndexes) {
            List<List<Demand>> conjunctions = condition == ConditionSet.NONE
                    ? List.of(List.of())
                    : Conjunctions.of(conditions.at(condition).expression());
            byPosition.add(conjunctions);
        }
        IndexAxes axes = new IndexAxes(byPosition.stream().flatMap(List::stream).toList());
        List<Integer> unindexed = new ArrayList<>();
        List<IndexEntry> entries = new ArrayList<>();
        for (int position = 0; position < conditionIndexes.length; position++) {
            if (!addEntries(entries, axes, position, byPosition.get(position))) {
                unindexed.add(position);
            }
        }
        this.always = unindexed.stream().mapToInt(Integer::intValue).toArray();
        this.scales = axes.scales();
        this.root = new IndexBuilder(axes).build(entries);
    }

    /** False, and nothing is added, if one of the conjunctions makes no demand that can be looked up. */
    private static boolean addEntries(
            List<IndexEntry> entries, IndexAxes axes, int position, List<List<Demand>> conjunctions) {
        List<IndexEntry> own = new ArrayList<>(conjunctions.size());
        for (List<Demand> demands : conjunctions) {
            List<Step> steps = axes.steps(demands, MOST_ENTRIES / conjunctions.size());
            if (steps.isEmpty()) {
                return false;
            }
            own.add(new IndexEntry(position, steps));
        }
        entries.addAll(own);
        return true;
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
        int[] cells = evaluation.cells(scales.length);
        for (int scale = 0; scale < scales.length; scale++) {
            cells[scale] = scales[scale].cell(facts);
        }
        root.collect(facts, cells, found);
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
