package io.meridian.edge.core.eligibility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.meridian.edge.core.model.Facts;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EligibilityIndexTest {
    private static final int RULE_SETS = Boolean.getBoolean("meridian.thorough") ? 20_000 : 500;
    private static final long SEED = 7;

    @Test
    void findsWhatPlainEvaluationFinds() {
        SplittableRandom random = new SplittableRandom(SEED);
        SampleRules rules = new SampleRules(random);
        for (int set = 0; set < RULE_SETS; set++) {
            ConditionSet.Builder builder = new ConditionSet.Builder();
            int[] candidates = new int[random.nextInt(150)];
            for (int i = 0; i < candidates.length; i++) {
                candidates[i] = random.nextInt(12) == 0
                        ? ConditionSet.NONE
                        : builder.add(SampleRules.condition(rules.rule(random.nextInt(4))));
            }
            ConditionSet conditions = builder.build();
            EligibilityIndex index = new EligibilityIndex(conditions, candidates);
            Evaluation evaluation = new Evaluation(conditions);
            int[] out = new int[candidates.length];
            for (int i = 0; i < 10; i++) {
                Facts facts = rules.facts();
                evaluation.reset();
                int count = index.match(facts, evaluation, out);
                int[] expected = IntStream.range(0, candidates.length)
                        .filter(position -> candidates[position] == ConditionSet.NONE
                                || conditions.at(candidates[position]).evaluate(facts) == Truth.TRUE)
                        .toArray();
                assertArrayEquals(expected, Arrays.copyOf(out, count), "seed " + SEED + ", set " + set);
            }
        }
    }

    @Test
    void refusesAnEvaluationOfOtherConditions() {
        ConditionSet.Builder builder = new ConditionSet.Builder();
        builder.add(SampleRules.condition(SampleRules.is(SampleRules.TIER, "a")));
        EligibilityIndex index = new EligibilityIndex(builder.build(), new int[] {0});
        Evaluation other = new Evaluation(builder.build());
        assertThrows(
                IllegalArgumentException.class, () -> index.match(new Facts(SampleRules.LAYOUT), other, new int[1]));
    }
}
