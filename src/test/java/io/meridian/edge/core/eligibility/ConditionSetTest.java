package io.meridian.edge.core.eligibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Facts;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConditionSetTest {
    private static final Expression GOLD = SampleRules.is(SampleRules.TIER, "gold");
    private static final Expression BUYER = SampleRules.atLeast(SampleRules.ORDERS, 3);

    @Test
    void conditionsThatMeanTheSameAreOne() {
        ConditionSet.Builder builder = new ConditionSet.Builder();
        int first = builder.add(SampleRules.condition(new Expression.All(List.of(GOLD, BUYER))));
        int second = builder.add(SampleRules.condition(new Expression.All(List.of(BUYER, GOLD))));
        int other = builder.add(SampleRules.condition(new Expression.Any(List.of(GOLD, BUYER))));
        assertEquals(first, second);
        assertNotEquals(first, other);
        ConditionSet set = builder.build();
        assertEquals(2, set.size());
        assertEquals("{0, 3}", set.slots().toString());
        assertSame("gold", set.strings().iterator().next());
    }

    @Test
    void anOutcomeIsRememberedUntilReset() {
        ConditionSet.Builder builder = new ConditionSet.Builder();
        int gold = builder.add(SampleRules.condition(GOLD));
        Evaluation evaluation = new Evaluation(builder.build());
        Facts facts = visible();
        assertEquals(Truth.UNKNOWN, evaluation.of(gold, facts));
        facts.setString(SampleRules.TIER, "gold");
        assertEquals(Truth.UNKNOWN, evaluation.of(gold, facts));
        evaluation.reset();
        assertEquals(Truth.TRUE, evaluation.of(gold, facts));
        assertEquals(Truth.TRUE, evaluation.of(ConditionSet.NONE, facts));
    }

    @Test
    void aNarrowedConditionNeedsBoth() {
        Condition both = Condition.all(List.of(SampleRules.condition(GOLD), SampleRules.condition(BUYER)));
        Facts facts = visible();
        facts.setString(SampleRules.TIER, "gold");
        assertEquals(Truth.UNKNOWN, both.evaluate(facts));
        facts.setLong(SampleRules.ORDERS, 3);
        assertEquals(Truth.TRUE, both.evaluate(facts));
        assertEquals("(profile.tier == \"gold\") && (profile.orders_90d >= 3)", both.text());
    }

    @Test
    void onlyCertaintyLiftsALegalSuppression() {
        Suppression legal = new Suppression("age", true, 0);
        Suppression commercial = new Suppression("stock", false, 0);
        assertTrue(legal.excludes(Truth.TRUE) && legal.excludes(Truth.UNKNOWN) && legal.excludes(Truth.ERROR));
        assertTrue(!legal.excludes(Truth.FALSE));
        assertTrue(commercial.excludes(Truth.TRUE));
        assertTrue(!commercial.excludes(Truth.UNKNOWN)
                && !commercial.excludes(Truth.ERROR)
                && !commercial.excludes(Truth.FALSE));
    }

    @Test
    void evaluatingAllocatesNothing() {
        SplittableRandom random = new SplittableRandom(3);
        SampleRules rules = new SampleRules(random);
        ConditionSet.Builder builder = new ConditionSet.Builder();
        int[] candidates = new int[100];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = builder.add(SampleRules.condition(rules.rule(3)));
        }
        ConditionSet set = builder.build();
        EligibilityIndex index = new EligibilityIndex(set, candidates);
        Evaluation evaluation = new Evaluation(set);
        Facts facts = rules.facts();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int round = 0; round < 200; round++) {
            if (round == 100) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            evaluation.reset();
            index.match(facts, evaluation);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 1024, allocated + " bytes in 100 rounds of 100 candidates");
    }

    private static Facts visible() {
        Facts facts = new Facts(SampleRules.LAYOUT);
        facts.show(DataClass.ALL_BITS);
        return facts;
    }
}
