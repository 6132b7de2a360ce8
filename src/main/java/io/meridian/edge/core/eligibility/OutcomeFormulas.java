package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.Expression.Attribute;
import io.meridian.edge.core.eligibility.Expression.Comparison;
import io.meridian.edge.core.eligibility.Expression.InConstants;
import io.meridian.edge.core.eligibility.Expression.Relation;
import io.meridian.edge.core.eligibility.FactKnowledge.Membership;
import io.meridian.edge.core.model.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * From an expression to what must be so for it to come out in a certain way.
 *
 * <p>The formula may say less than what must be so, never more: where something is too involved it is left open. So if the
 * formula is impossible, so is the outcome. It is about data of which everything is known but what never can be. That is
 * enough, because not knowing never makes a condition true. For one question, confined to one thread.
 */
final class OutcomeFormulas {
    /** How an expression of type bool comes out. */
    enum Outcome {
        TRUE,
        FALSE,
        /** False or an error. */
        NOT_TRUE,
        /** True or an error. */
        NOT_FALSE;

        Outcome negated() {
            return switch (this) {
                case TRUE -> FALSE;
                case FALSE -> TRUE;
                case NOT_TRUE -> NOT_FALSE;
                case NOT_FALSE -> NOT_TRUE;
            };
        }

        boolean certain() {
            return this == TRUE || this == FALSE;
        }
    }

    /** Nested choices multiply; what is beyond this is left open. */
    private static final int MOST_PARTS = 20_000;

    private final FactKnowledge knowledge;
    private final FactVariables variables;
    private int parts;

    OutcomeFormulas(FactKnowledge knowledge) {
        this.knowledge = knowledge;
        this.variables = new FactVariables(knowledge);
    }

    /** Takes note of the strings of an expression, so that all are told apart from each other. Before any formula is made. */
    void prepare(Expression expression) {
        Expressions.visit(expression, variables::note);
    }

    Formula of(Expression expression, Outcome outcome) {
        if (++parts > MOST_PARTS) {
            return Formula.TRUE;
        }
        if (expression instanceof Expression.Not not) {
            return of(not.operand(), outcome.negated());
        }
        if (expression instanceof Expression.All all) {
            return junction(all.operands(), outcome, outcome == Outcome.TRUE || outcome == Outcome.NOT_FALSE);
        }
        if (expression instanceof Expression.Any any) {
            return junction(any.operands(), outcome, outcome == Outcome.FALSE || outcome == Outcome.NOT_TRUE);
        }
        if (expression instanceof Expression.Choice choice) {
            return choice(choice, outcome);
        }
        if (expression instanceof Expression.Has has) {
            boolean present = outcome == Outcome.TRUE || outcome == Outcome.NOT_FALSE;
            return variables.slot(has.slot(), present ? StateSet.ABSENT.not() : StateSet.ABSENT);
        }
        if (expression instanceof Attribute attribute) {
            return bool(attribute, outcome);
        }
        if (FactVariables.isConstant(expression)) {
            return constant(expression, outcome);
        }
        if (expression instanceof Comparison comparison) {
            return comparison(comparison, outcome);
        }
        if (expression instanceof InConstants in && in.needle().type() != ValueType.BOOL) {
            StateSet among = variables.states(in.constants());
            return variables.compared(in.needle(), among, among.not(), outcome);
        }
        if (expression instanceof Expression.TextTest test
                && test.text() instanceof Attribute text
                && FactVariables.isConstant(test.part())) {
            return variables.tested(expression, text, outcome);
        }
        return variables.opaque(expression, outcome);
    }

    private static Formula constant(Expression expression, Outcome outcome) {
        byte truth = FactVariables.evaluate(expression);
        boolean so = switch (outcome) {
            case TRUE -> truth == Truth.TRUE;
            case FALSE -> truth == Truth.FALSE;
            case NOT_TRUE -> truth != Truth.TRUE;
            case NOT_FALSE -> truth != Truth.FALSE;
        };
        return so ? Formula.TRUE : Formula.FALSE;
    }

    private Formula junction(List<Expression> operands, Outcome outcome, boolean every) {
        List<Formula> formulas = new ArrayList<>();
        for (Expression operand : operands) {
            formulas.add(of(operand, outcome));
        }
        return every ? new Formula.Both(formulas) : new Formula.Either(formulas);
    }

    private Formula choice(Expression.Choice choice, Outcome outcome) {
        List<Formula> ways = new ArrayList<>();
        ways.add(new Formula.Both(List.of(of(choice.condition(), Outcome.TRUE), of(choice.whenTrue(), outcome))));
        ways.add(new Formula.Both(List.of(of(choice.condition(), Outcome.FALSE), of(choice.whenFalse(), outcome))));
        if (!outcome.certain()) {
            ways.add(new Formula.Both(
                    List.of(of(choice.condition(), Outcome.NOT_TRUE), of(choice.condition(), Outcome.NOT_FALSE))));
        }
        return new Formula.Either(ways);
    }

    private Formula bool(Attribute attribute, Outcome outcome) {
        boolean value = outcome == Outcome.TRUE || outcome == Outcome.NOT_FALSE;
        StateSet states = StateSet.of(value ? 1 : 0);
        Formula itself = variables.slot(attribute.slot(), outcome.certain() ? states : states.or(StateSet.ABSENT));
        Membership segment = knowledge.segment(attribute.slot());
        return segment == null ? itself : new Formula.Both(List.of(itself, membership(segment, value)));
    }

    /** Who is in a segment meets its condition and none above it in its group; who is not fails it, or meets one above. */
    private Formula membership(Membership segment, boolean member) {
        // Follows from the conditions as well; said outright it needs no search.
        Formula place = variables.group(segment, member);
        Expression condition = segment.condition().expression();
        List<Formula> why = new ArrayList<>();
        why.add(of(condition, member ? Outcome.TRUE : Outcome.NOT_TRUE));
        for (Membership above : knowledge.above(segment)) {
            why.add(of(above.condition().expression(), member ? Outcome.NOT_TRUE : Outcome.TRUE));
        }
        return new Formula.Both(List.of(place, member ? new Formula.Both(why) : new Formula.Either(why)));
    }

    private Formula comparison(Comparison comparison, Outcome outcome) {
        Expression left = comparison.left();
        Expression right = comparison.right();
        Relation relation = comparison.relation();
        if (FactVariables.isConstant(left)) {
            Expression constant = left;
            left = right;
            right = constant;
            relation = relation.mirrored();
        }
        Object value = FactVariables.isConstant(right) ? FactVariables.value(right) : null;
        if (value == null || value.equals(Double.NaN)) {
            return variables.opaque(comparison, outcome);
        }
        if (value instanceof Boolean truth) {
            return equality(comparison, left, truth, relation, outcome);
        }
        if (value instanceof String string) {
            return string(comparison, left, string, relation, outcome);
        }
        long place = value instanceof Double number ? StateSet.place(number) : (Long) value;
        return variables.compared(
                left,
                FactVariables.related(place, relation.orders),
                FactVariables.related(place, ~relation.orders),
                outcome);
    }

    private Formula equality(
            Comparison whole, Expression operand, boolean constant, Relation relation, Outcome outcome) {
        if (relation != Relation.EQUAL && relation != Relation.NOT_EQUAL) {
            return variables.opaque(whole, outcome);
        }
        boolean same = constant == (relation == Relation.EQUAL);
        return of(operand, same ? outcome : outcome.negated());
    }

    private Formula string(Comparison whole, Expression operand, String constant, Relation relation, Outcome outcome) {
        if (!(operand instanceof Attribute attribute)) {
            return variables.opaque(whole, outcome);
        }
        if (relation == Relation.EQUAL || relation == Relation.NOT_EQUAL) {
            StateSet one = StateSet.of(variables.number(constant));
            boolean equal = relation == Relation.EQUAL;
            return variables.compared(attribute, equal ? one : one.not(), equal ? one.not() : one, outcome);
        }
        return variables.tested(whole, attribute, outcome);
    }
}
