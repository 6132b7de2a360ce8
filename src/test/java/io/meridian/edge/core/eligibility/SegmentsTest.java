package io.meridian.edge.core.eligibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.model.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SegmentsTest {
    private static final int SAMPLES = Boolean.getBoolean("meridian.thorough") ? 200_000 : 5_000;
    private static final long SEED = 11;

    private final ConditionSet.Builder builder = new ConditionSet.Builder();

    @Test
    void theMatchingSegmentOfHighestPriorityApplies() {
        Segments segments = new Segments(List.of(
                segment(0, "value", 10, SampleRules.atLeast(SampleRules.ORDERS, 1)),
                segment(1, "value", 20, SampleRules.atLeast(SampleRules.ORDERS, 5)),
                segment(2, "other", 1, SampleRules.atLeast(SampleRules.ORDERS, 2))));
        assertEquals("false true true", applied(segments, orders(7)));
        assertEquals("true false true", applied(segments, orders(3)));
        assertEquals("false false false", applied(segments, orders(0)));
    }

    @Test
    void belowAnUnknownSegmentOnlyNoIsCertain() {
        Segments segments = new Segments(List.of(
                segment(0, "value", 30, SampleRules.is(SampleRules.TIER, "a")),
                segment(1, "value", 20, SampleRules.atLeast(SampleRules.ORDERS, 5)),
                segment(2, "value", 10, SampleRules.atLeast(SampleRules.ORDERS, 1))));
        assertEquals("unknown false unknown", applied(segments, orders(3)));
        assertEquals("unknown unknown unknown", applied(segments, orders(7)));
    }

    @Test
    void whoLacksTheDataOfASegmentDoesNotBelong() {
        Segments segments = new Segments(List.of(
                segment(0, "life", 2, SampleRules.atLeast(SampleRules.ORDERS, 1)),
                segment(1, "life", 1, new Expression.Not(new Expression.Has(SampleRules.ORDERS)))));
        Facts facts = new SampleRules(new SplittableRandom(SEED)).facts();
        facts.setAbsent(SampleRules.ORDERS);
        assertEquals("false true", applied(segments, facts));
    }

    /** Nor does it turn one false that was true: a condition may negate a segment. */
    @Test
    void knowingLessLeavesASegmentOrMakesItUnknown() {
        SplittableRandom random = new SplittableRandom(SEED);
        SampleRules rules = new SampleRules(random);
        int changed = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            ConditionSet.Builder conditions = new ConditionSet.Builder();
            List<Segment> list = new ArrayList<>();
            for (int i = 0; i < SampleRules.SEGMENTS; i++) {
                int condition = conditions.add(SampleRules.condition(rules.rule(random.nextInt(3))));
                list.add(new Segment(
                        "s" + i, Segment.Kind.RFM, "g" + i % 3, i, condition, SampleRules.FIRST_SEGMENT + i));
            }
            Segments segments = new Segments(list);
            Evaluation evaluation = new Evaluation(conditions.build());
            Facts facts = rules.facts();
            segments.apply(facts, evaluation);
            byte[] before = outcomes(facts);
            facts.setUnknown(random.nextInt(SampleRules.FIRST_SEGMENT));
            evaluation.reset();
            segments.apply(facts, evaluation);
            byte[] after = outcomes(facts);
            for (int i = 0; i < before.length; i++) {
                assertTrue(after[i] == before[i] || after[i] == Truth.UNKNOWN, "seed " + SEED + ", sample " + sample);
                changed += after[i] == before[i] ? 0 : 1;
            }
        }
        assertTrue(changed > SAMPLES / 10, "hardly anything became unknown");
    }

    @Test
    void prioritiesOfAGroupDiffer() {
        Segment first = segment(0, "value", 1, SampleRules.is(SampleRules.TIER, "a"));
        Segment second = segment(1, "value", 1, SampleRules.is(SampleRules.TIER, "b"));
        assertThrows(IllegalArgumentException.class, () -> new Segments(List.of(first, second)));
    }

    private Segment segment(int number, String group, int priority, Expression when) {
        int condition = builder.add(SampleRules.condition(when));
        return new Segment(
                "s" + number, Segment.Kind.RFM, group, priority, condition, SampleRules.FIRST_SEGMENT + number);
    }

    private String applied(Segments segments, Facts facts) {
        segments.apply(facts, new Evaluation(builder.build()));
        List<String> words = new ArrayList<>();
        byte[] outcomes = outcomes(facts);
        for (int i = 0; i < segments.size(); i++) {
            words.add(Truth.name(outcomes[i]));
        }
        return String.join(" ", words);
    }

    private static byte[] outcomes(Facts facts) {
        byte[] outcomes = new byte[SampleRules.SEGMENTS];
        for (int i = 0; i < outcomes.length; i++) {
            int slot = SampleRules.FIRST_SEGMENT + i;
            outcomes[i] = facts.state(slot) == Facts.UNKNOWN ? Truth.UNKNOWN : Truth.of(facts.boolAt(slot));
        }
        return outcomes;
    }

    private static Facts orders(long count) {
        Facts facts = new Facts(SampleRules.LAYOUT);
        facts.show(io.meridian.edge.core.model.DataClass.ALL_BITS);
        facts.setLong(SampleRules.ORDERS, count);
        return facts;
    }
}
