package io.meridian.edge.core.eligibility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.eligibility.Expression.Attribute;
import io.meridian.edge.core.eligibility.Expression.Comparison;
import io.meridian.edge.core.eligibility.Expression.Constant;
import io.meridian.edge.core.eligibility.Expression.Relation;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EligibilityIndexTest {
    private static final int RULE_SETS = Boolean.getBoolean("meridian.thorough") ? 20_000 : 300;
    private static final int FACTS_EACH = 12;
    private static final long SEED = 7;

    @Test
    void findsWhatPlainEvaluationFinds() {
        SplittableRandom random = new SplittableRandom(SEED);
        SampleRules rules = new SampleRules(random);
        int found = 0;
        int spared = 0;
        for (int set = 0; set < RULE_SETS; set++) {
            ConditionSet.Builder builder = new ConditionSet.Builder();
            int[] candidates = new int[random.nextInt(random.nextInt(20) == 0 ? 3000 : 150)];
            for (int i = 0; i < candidates.length; i++) {
                candidates[i] = random.nextInt(12) == 0
                        ? ConditionSet.NONE
                        : builder.add(SampleRules.condition(rules.rule(random.nextInt(4))));
            }
            ConditionSet conditions = builder.build();
            EligibilityIndex index = new EligibilityIndex(conditions, candidates);
            spared += index.size() - index.alwaysLookedAt();
            Evaluation evaluation = new Evaluation(conditions);
            for (int i = 0; i < FACTS_EACH; i++) {
                Facts facts = rules.facts();
                evaluation.reset();
                int[] expected = IntStream.range(0, candidates.length)
                        .filter(position -> candidates[position] == ConditionSet.NONE
                                || conditions.at(candidates[position]).evaluate(facts) == Truth.TRUE)
                        .toArray();
                assertArrayEquals(expected, positions(index.match(facts, evaluation)), "seed " + SEED + ", set " + set);
                found += expected.length;
            }
        }
        assertTrue(found > RULE_SETS * FACTS_EACH, "hardly anything matched");
        assertTrue(spared > RULE_SETS * 50, "hardly anything was indexed");
    }

    /** Two thousand thresholds on each side of a number, one apart: an index that loses an end loses a candidate. */
    @Test
    void losesNoEndOfARange() {
        ConditionSet.Builder builder = new ConditionSet.Builder();
        List<Expression> rules = new ArrayList<>();
        for (long bound = -1000; bound < 1000; bound++) {
            for (Relation relation : Relation.values()) {
                rules.add(new Comparison(
                        relation,
                        new Attribute(SampleRules.ORDERS, ValueType.INT),
                        new Constant(ValueType.INT, bound)));
            }
        }
        int[] candidates = rules.stream()
                .mapToInt(rule -> builder.add(SampleRules.condition(rule)))
                .toArray();
        ConditionSet conditions = builder.build();
        EligibilityIndex index = new EligibilityIndex(conditions, candidates);
        Evaluation evaluation = new Evaluation(conditions);
        Facts facts = visible();
        for (long value = -1002; value < 1002; value++) {
            facts.setLong(SampleRules.ORDERS, value);
            evaluation.reset();
            int[] expected = IntStream.range(0, candidates.length)
                    .filter(position -> conditions.at(candidates[position]).evaluate(facts) == Truth.TRUE)
                    .toArray();
            assertArrayEquals(expected, positions(index.match(facts, evaluation)), "for " + value);
        }
    }

    /** The cost follows what matches: of 10,000 rules that share a few values hardly more are evaluated than are true. */
    @Test
    void evaluatesHardlyMoreThanWhatMatches() {
        ConditionSet.Builder builder = new ConditionSet.Builder();
        int[] candidates = new int[10_000];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = builder.add(SampleRules.condition(new Expression.All(List.of(
                    SampleRules.is(SampleRules.TIER, "tier" + i % 10),
                    SampleRules.is(SampleRules.DEVICE, "device" + i / 10 % 10),
                    SampleRules.atLeast(SampleRules.ORDERS, i / 100),
                    new Expression.Not(SampleRules.atLeast(SampleRules.ORDERS, i / 100 + 5))))));
        }
        ConditionSet conditions = builder.build();
        EligibilityIndex index = new EligibilityIndex(conditions, candidates);
        assertEquals(0, index.alwaysLookedAt());
        Evaluation evaluation = new Evaluation(conditions);
        Facts facts = visible();
        facts.setString(SampleRules.TIER, "tier3");
        facts.setString(SampleRules.DEVICE, "device7");
        facts.setLong(SampleRules.ORDERS, 50);
        assertEquals(5, index.match(facts, evaluation).size());
        assertTrue(evaluation.evaluated() <= 40, evaluation.evaluated() + " evaluated");
        evaluation.reset();
        facts.setAbsent(SampleRules.DEVICE);
        assertEquals(0, index.match(facts, evaluation).size());
        assertEquals(0, evaluation.evaluated(), "without a device no condition can be true");
    }

    /** What does not fit is looked at always, and counted. */
    @Test
    void countsWhatOnlyEvaluatingCanTell() {
        ConditionSet.Builder builder = new ConditionSet.Builder();
        List<Expression> alternatives = new ArrayList<>();
        for (int i = 0; i <= Conjunctions.MOST; i++) {
            alternatives.add(SampleRules.atLeast(SampleRules.ORDERS, i));
        }
        Expression tooMany = new Expression.Any(alternatives);
        Expression enough = new Expression.Any(alternatives.subList(0, Conjunctions.MOST));
        int[] candidates = {
            builder.add(SampleRules.condition(tooMany)), builder.add(SampleRules.condition(enough)), ConditionSet.NONE
        };
        EligibilityIndex index = new EligibilityIndex(builder.build(), candidates);
        assertEquals(2, index.alwaysLookedAt());
    }

    @Test
    void refusesAnEvaluationOfOtherConditions() {
        ConditionSet.Builder builder = new ConditionSet.Builder();
        builder.add(SampleRules.condition(SampleRules.is(SampleRules.TIER, "a")));
        EligibilityIndex index = new EligibilityIndex(builder.build(), new int[] {0});
        Evaluation other = new Evaluation(builder.build());
        assertThrows(IllegalArgumentException.class, () -> index.match(new Facts(SampleRules.LAYOUT), other));
    }

    private static int[] positions(Matches matches) {
        return IntStream.range(0, matches.size()).map(matches::at).toArray();
    }

    private static Facts visible() {
        Facts facts = new Facts(SampleRules.LAYOUT);
        facts.show(DataClass.ALL_BITS);
        return facts;
    }
}
