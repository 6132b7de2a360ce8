package io.meridian.edge.core.eligibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.eligibility.Expression.All;
import io.meridian.edge.core.eligibility.Expression.Any;
import io.meridian.edge.core.eligibility.Expression.Choice;
import io.meridian.edge.core.eligibility.Expression.Comparison;
import io.meridian.edge.core.eligibility.Expression.Constant;
import io.meridian.edge.core.eligibility.Expression.Has;
import io.meridian.edge.core.eligibility.Expression.Not;
import io.meridian.edge.core.eligibility.Expression.Relation;
import io.meridian.edge.core.eligibility.FactKnowledge.Membership;
import io.meridian.edge.core.eligibility.Satisfiability.Answer;
import io.meridian.edge.core.eligibility.Satisfiability.Idle;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.FactLayout.Slot;
import io.meridian.edge.core.model.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SatisfiabilityTest {
    private static final FactLayout LAYOUT = new FactLayout(List.of(
            new Slot("profile.tier", ValueType.STRING, null),
            new Slot("context.hour", ValueType.INT, null),
            new Slot("profile.spend", ValueType.DOUBLE, null),
            new Slot("segment.gold", ValueType.BOOL, null),
            new Slot("segment.silver", ValueType.BOOL, null)));
    private static final int TIER = 0;
    private static final int HOUR = 1;
    private static final int SPEND = 2;
    private static final int GOLD = 3;
    private static final int SILVER = 4;

    private final FactKnowledge knowledge = FactKnowledge.of(LAYOUT)
            .values(TIER, List.of("none", "silver", "gold"))
            .range(HOUR, 0, 23)
            .always(HOUR)
            .segments(List.of(
                    new Membership(GOLD, "tier", 2, condition(is(TIER, "gold"))),
                    new Membership(SILVER, "tier", 1, condition(not(is(TIER, "none"))))));
    private final Satisfiability satisfiability = new Satisfiability(knowledge);

    @Test
    void numbersThatExcludeEachOther() {
        Expression late = number(HOUR, Relation.GREATER, 20L);
        Expression early = number(HOUR, Relation.LESS, 6L);
        assertEquals(Answer.NEVER, answer(new All(List.of(late, early))));
        assertEquals(Answer.MAYBE, answer(new Any(List.of(late, early))));
        assertEquals(
                List.of("context.hour > 20", "context.hour < 6"),
                satisfiability.conflict(List.of(condition(
                        new All(List.of(late, new Has(TIER), early, number(SPEND, Relation.GREATER, 1.0)))))));
        // Between 1.0 and the next double there is nothing.
        assertEquals(
                Answer.NEVER,
                answer(new All(List.of(
                        number(SPEND, Relation.GREATER, 1.0), number(SPEND, Relation.LESS, Math.nextUp(1.0))))));
    }

    @Test
    void onlyWhatIsNeverAbsentIsAlwaysTrue() {
        assertEquals(Answer.ALWAYS, answer(number(HOUR, Relation.GREATER_OR_EQUAL, 0L)));
        assertEquals(Answer.NEVER, answer(number(HOUR, Relation.EQUAL, 24L)));
        // Who has no tier is none of the three.
        Expression any = new Any(List.of(is(TIER, "none"), is(TIER, "silver"), is(TIER, "gold")));
        assertEquals(Answer.MAYBE, answer(any));
        assertEquals(Answer.ALWAYS, answer(new Any(List.of(new Not(new Has(TIER)), any))));
        assertEquals(Answer.ALWAYS, answer(new Any(List.of(new Has(TIER), new Not(new Has(TIER))))));
    }

    @Test
    void askingForTheValueOfWhatIsAbsentIsNotTrue() {
        assertEquals(Answer.NEVER, answer(new All(List.of(new Not(new Has(TIER)), is(TIER, "gold")))));
        assertEquals(Answer.NEVER, answer(new All(List.of(new Not(new Has(TIER)), not(is(TIER, "gold"))))));
    }

    @Test
    void segmentsOfAGroupExcludeEachOtherAndMeanTheirConditions() {
        Expression gold = new Expression.Attribute(GOLD, ValueType.BOOL);
        Expression silver = new Expression.Attribute(SILVER, ValueType.BOOL);
        assertEquals(Answer.NEVER, answer(new All(List.of(gold, silver))));
        assertEquals(Answer.NEVER, answer(new All(List.of(gold, is(TIER, "silver")))));
        assertEquals(Answer.NEVER, answer(new All(List.of(new Not(gold), is(TIER, "gold")))));
        assertEquals(Answer.NEVER, answer(new All(List.of(silver, is(TIER, "gold")))));
        assertEquals(Answer.MAYBE, answer(new All(List.of(silver, is(TIER, "silver")))));
        assertEquals(Answer.MAYBE, answer(new All(List.of(new Not(silver), is(TIER, "gold")))));
        assertTrue(satisfiability.implies(List.of(condition(silver)), condition(is(TIER, "silver"))));
    }

    @Test
    void narrowerImpliesWider() {
        Condition over200 = condition(number(SPEND, Relation.GREATER_OR_EQUAL, 200.0));
        Condition over150 = condition(number(SPEND, Relation.GREATER_OR_EQUAL, 150.0));
        assertTrue(satisfiability.implies(List.of(over200), over150));
        assertFalse(satisfiability.implies(List.of(over150), over200));
    }

    @Test
    void partsThatSayNothingAreNamed() {
        assertEquals(
                List.of(new Idle("context.hour < 24", Answer.ALWAYS, List.of())),
                satisfiability.idle(condition(new All(List.of(is(TIER, "gold"), number(HOUR, Relation.LESS, 24L))))));
        Expression night =
                new All(List.of(number(HOUR, Relation.GREATER, 20L), new Has(TIER), number(HOUR, Relation.LESS, 6L)));
        assertEquals(
                List.of(new Idle(
                        "(context.hour > 20) && has(profile.tier) && (context.hour < 6)",
                        Answer.NEVER,
                        List.of("context.hour > 20", "context.hour < 6"))),
                satisfiability.idle(condition(new Any(List.of(is(TIER, "gold"), night)))));
        assertEquals(List.of(), satisfiability.idle(condition(new All(List.of(is(TIER, "gold"), new Has(SPEND))))));
    }

    /** What would take for ever is left open, not waited for. */
    @Test
    void whatIsTooInvolvedMayBe() {
        List<Expression> choices = new ArrayList<>();
        for (long i = 0; i < 12; i++) {
            List<Expression> ways = new ArrayList<>();
            for (long way = 0; way < 11; way++) {
                ways.add(new Comparison(
                        Relation.EQUAL,
                        new Expression.Arithmetic(
                                Expression.Operation.ADD,
                                new Expression.Attribute(HOUR, ValueType.INT),
                                new Constant(ValueType.INT, way)),
                        new Constant(ValueType.INT, i)));
            }
            choices.add(new Any(ways));
        }
        assertEquals(Answer.MAYBE, answer(new All(choices)));
        Expression nested = is(TIER, "gold");
        for (int depth = 0; depth < 30; depth++) {
            nested = new Choice(nested, is(TIER, "silver"), new Has(SPEND));
        }
        assertEquals(Answer.MAYBE, answer(nested));
    }

    private Answer answer(Expression expression) {
        return satisfiability.of(condition(expression));
    }

    private static Condition condition(Expression expression) {
        return new Condition(expression, LAYOUT, Expressions.text(expression, LAYOUT));
    }

    private static Expression not(Expression expression) {
        return new Not(expression);
    }

    private static Expression is(int slot, String value) {
        return new Comparison(
                Relation.EQUAL,
                new Expression.Attribute(slot, ValueType.STRING),
                new Constant(ValueType.STRING, value));
    }

    private static Expression number(int slot, Relation relation, Object value) {
        ValueType type = LAYOUT.slot(slot).type();
        return new Comparison(relation, new Expression.Attribute(slot, type), new Constant(type, value));
    }
}
