package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.Expression.Constant;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the candidates of one list whose condition is true without evaluating all conditions. Immutable.
 *
 * <p>A condition that demands {@code attribute == "constant"} (or {@code in} some constants) of a string attribute, as a
 * whole or as a part joined by {@code &&}, can only be true if the attribute has one of these values. Its candidate is posted
 * under them, and only the postings of the actual value are evaluated. All other conditions are evaluated always.
 */
public final class EligibilityIndex {
    private final ConditionSet conditions;
    private final int[] conditionIndexes;
    /** The candidates that are posted nowhere, one bit each. */
    private final long[] always;

    private final PostingTable[] tables;

    /**
     * @param conditionIndexes the condition of each candidate, {@link ConditionSet#NONE} if it has none
     */
    public EligibilityIndex(ConditionSet conditions, int[] conditionIndexes) {
        this.conditions = conditions;
        this.conditionIndexes = conditionIndexes.clone();
        this.always = new long[(conditionIndexes.length + 63) >>> 6];
        Map<Integer, Map<String, List<Integer>>> postings = new TreeMap<>();
        for (int position = 0; position < conditionIndexes.length; position++) {
            Demand demand = conditionIndexes[position] == ConditionSet.NONE
                    ? null
                    : demand(conditions.at(conditionIndexes[position]).expression());
            if (demand == null) {
                always[position >>> 6] |= 1L << position;
                continue;
            }
            Map<String, List<Integer>> byValue = postings.computeIfAbsent(demand.slot, slot -> new TreeMap<>());
            for (Constant value : demand.values) {
                byValue.computeIfAbsent((String) value.value(), string -> new ArrayList<>())
                        .add(position);
            }
        }
        this.tables = postings.entrySet().stream()
                .map(entry -> new PostingTable(entry.getKey(), entry.getValue()))
                .toArray(PostingTable[]::new);
    }

    /** How many candidates the list has. */
    public int size() {
        return conditionIndexes.length;
    }

    /**
     * Writes the positions of the candidates whose condition is true, ascending, and returns how many there are.
     *
     * @param evaluation over the same condition set, reset for these facts
     * @param out at least {@link #size()} long
     */
    public int match(Facts facts, Evaluation evaluation, int[] out) {
        if (evaluation.conditions() != conditions) {
            throw new IllegalArgumentException("an evaluation of other conditions");
        }
        long[] marks = evaluation.marks(always.length);
        System.arraycopy(always, 0, marks, 0, always.length);
        for (PostingTable table : tables) {
            table.mark(facts, marks);
        }
        int count = 0;
        for (int word = 0; word < always.length; word++) {
            for (long rest = marks[word]; rest != 0; rest &= rest - 1) {
                int position = (word << 6) + Long.numberOfTrailingZeros(rest);
                if (evaluation.of(conditionIndexes[position], facts) == Truth.TRUE) {
                    out[count++] = position;
                }
            }
        }
        return count;
    }

    /** That a string attribute has one of some values. */
    private record Demand(int slot, List<Constant> values) {}

    /** The narrowest demand a condition makes, null if it makes none. */
    private static @Nullable Demand demand(Expression expression) {
        if (expression instanceof Expression.All all) {
            Demand narrowest = null;
            for (Expression operand : all.operands()) {
                Demand demand = demand(operand);
                if (demand != null && (narrowest == null || demand.values.size() < narrowest.values.size())) {
                    narrowest = demand;
                }
            }
            return narrowest;
        }
        if (expression instanceof Expression.InConstants in && isString(in.needle())) {
            return new Demand(
                    ((Expression.Attribute) in.needle()).slot(),
                    in.constants().stream().distinct().toList());
        }
        if (expression instanceof Expression.Comparison comparison
                && comparison.relation() == Expression.Relation.EQUAL) {
            if (isString(comparison.left()) && comparison.right() instanceof Constant constant) {
                return new Demand(((Expression.Attribute) comparison.left()).slot(), List.of(constant));
            }
            if (isString(comparison.right()) && comparison.left() instanceof Constant constant) {
                return new Demand(((Expression.Attribute) comparison.right()).slot(), List.of(constant));
            }
        }
        return null;
    }

    private static boolean isString(Expression expression) {
        return expression instanceof Expression.Attribute attribute && attribute.type() == ValueType.STRING;
    }
}
