package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.OutcomeFormulas.Outcome;
import io.meridian.edge.core.model.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether conditions can be true at all, and which of their parts stand in each other's way.
 *
 * <p>Errs on one side: a no is certain, for whatever data within the {@link FactKnowledge}, known or not; a yes is not. Looks at what
 * single facts, computed numbers and segments can be, not at how one fact lies to another ({@code a < b && b < a} is possible
 * to it), and gives up, with a yes, on what takes too long.
 */
public final class Satisfiability {
    /** How a condition comes out. */
    public enum Answer {
        /** Not true for any data. */
        NEVER,
        /** Neither is certain. */
        MAYBE,
        /** True for all data, provided that all it reads may be known. */
        ALWAYS
    }

    /**
     * A part of a condition that says nothing.
     *
     * @param part as CEL
     * @param answer never or always
     * @param conflict if never, the parts of the part that exclude each other
     */
    public record Idle(String part, Answer answer, List<String> conflict) {}

    private final FactKnowledge knowledge;

    public Satisfiability(FactKnowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** The same by what is certain alone, not by what is only {@linkplain FactKnowledge#declared declared}. */
    public Satisfiability certain() {
        return new Satisfiability(knowledge.certain());
    }

    /** How a condition comes out. */
    public Answer of(Condition condition) {
        return of(condition.expression());
    }

    /** False if these are never all true of the same data. */
    public boolean together(List<Condition> conditions) {
        return possible(conditions.stream().map(Condition::expression).toList(), List.of());
    }

    /**
     * False if nobody is ever in all of these segments at once.
     *
     * @param slots where the segments stand
     */
    public boolean overlap(int... slots) {
        List<Expression> memberships = new ArrayList<>();
        for (int slot : slots) {
            memberships.add(new Expression.Attribute(slot, ValueType.BOOL));
        }
        return possible(memberships, List.of());
    }

    /** True if whenever the first are all true and all is known, the second is true as well. */
    public boolean implies(List<Condition> first, Condition second) {
        return !possible(first.stream().map(Condition::expression).toList(), List.of(second.expression()));
    }

    /** False if, whatever the data, it is true, unknown or an error. */
    public boolean canBeFalse(Condition condition) {
        OutcomeFormulas formulas = new OutcomeFormulas(knowledge);
        formulas.prepare(condition.expression());
        return new FormulaSearch().possible(formulas.of(condition.expression(), Outcome.FALSE));
    }

    /**
     * A fewest parts of conditions that are never true {@linkplain #together}, as CEL in the order written; leaving out any one of
     * them, the others can be true together. Empty if the conditions can be.
     */
    public List<String> conflict(List<Condition> conditions) {
        List<Expression> parts = new ArrayList<>();
        conditions.forEach(condition -> parts.addAll(parts(condition.expression())));
        return possible(parts, List.of()) ? List.of() : fewest(parts);
    }

    private List<String> fewest(List<Expression> impossible) {
        List<Expression> parts = new ArrayList<>(impossible);
        for (int i = parts.size() - 1; i >= 0 && parts.size() > 1; i--) {
            Expression part = parts.remove(i);
            if (possible(parts, List.of())) {
                parts.add(i, part);
            }
        }
        return parts.stream().map(this::text).toList();
    }

    /** The parts of a condition that say nothing: of those joined by {@code &&} the always true, of those joined by {@code ||} the never true. */
    public List<Idle> idle(Condition condition) {
        List<Idle> idle = new ArrayList<>();
        Expression expression = condition.expression();
        if (expression instanceof Expression.All all) {
            for (Expression part : all.operands()) {
                if (isAlways(part)) {
                    idle.add(new Idle(text(part), Answer.ALWAYS, List.of()));
                }
            }
        } else if (expression instanceof Expression.Any any) {
            for (Expression part : any.operands()) {
                if (!possible(List.of(part), List.of())) {
                    idle.add(new Idle(text(part), Answer.NEVER, fewest(parts(part))));
                }
            }
        }
        return idle;
    }

    private Answer of(Expression expression) {
        if (!possible(List.of(expression), List.of())) {
            return Answer.NEVER;
        }
        return isAlways(expression) ? Answer.ALWAYS : Answer.MAYBE;
    }

    private boolean isAlways(Expression expression) {
        return expression instanceof Expression.All all
                ? all.operands().stream().allMatch(this::isAlways)
                : !possible(List.of(), List.of(expression));
    }

    private boolean possible(List<Expression> holding, List<Expression> failing) {
        OutcomeFormulas formulas = new OutcomeFormulas(knowledge);
        holding.forEach(formulas::prepare);
        failing.forEach(formulas::prepare);
        List<Formula> all = new ArrayList<>();
        holding.forEach(expression -> all.add(formulas.of(expression, Outcome.TRUE)));
        failing.forEach(expression -> all.add(formulas.of(expression, Outcome.NOT_TRUE)));
        return new FormulaSearch().possible(new Formula.Both(all));
    }

    private static List<Expression> parts(Expression expression) {
        return expression instanceof Expression.All all ? all.operands() : List.of(expression);
    }

    private String text(Expression expression) {
        return Expressions.text(expression, knowledge.layout());
    }
}
