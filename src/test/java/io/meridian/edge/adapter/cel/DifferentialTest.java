package io.meridian.edge.adapter.cel;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Truth;
import io.meridian.edge.core.model.Facts;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.projectnessie.cel.Program;

/** Conditions mean what CEL means: compared with the CEL library's own evaluator on generated conditions and facts. */
class DifferentialTest {
    private static final int PAIRS = Boolean.getBoolean("meridian.thorough") ? 1_000_000 : 20_000;
    private static final int FACTS_EACH = 20;
    private static final long SEED = 20260301;

    @Test
    void agreesWithTheLibraryOnWhatIsPresentAbsentOrMistyped() {
        SplittableRandom random = new SplittableRandom(SEED);
        Generator generator = new Generator(random);
        CelCompiler compiler = Vocabulary.compiler();
        Oracle oracle = new Oracle(Vocabulary.LAYOUT);
        int[] outcomes = new int[4];
        for (int pair = 0; pair < PAIRS; ) {
            String text = generator.condition(1 + random.nextInt(4));
            Condition condition = compile(compiler, text);
            if (condition == null) {
                continue;
            }
            Program program = oracle.program(text);
            for (int i = 0; i < FACTS_EACH; i++, pair++) {
                Facts facts = generator.facts(false);
                BitSet mistyped = i % 4 == 0 ? generator.mistyped(facts) : new BitSet();
                var bindings = oracle.bindings(facts, mistyped);
                byte expected = oracle.evaluate(program, bindings);
                byte actual = condition.evaluate(facts);
                outcomes[actual]++;
                // What has the wrong type reaches no condition: the doors and the decoder of profiles leave it unknown.
                boolean unsure = actual == Truth.UNKNOWN && condition.slots().intersects(mistyped);
                if (expected != actual && !unsure) {
                    fail("seed " + SEED + ": " + text + " over " + bindings + " is " + Truth.name(actual)
                            + ", the library says " + Truth.name(expected));
                }
            }
        }
        for (byte truth : new byte[] {Truth.FALSE, Truth.TRUE, Truth.ERROR, Truth.UNKNOWN}) {
            assertTrue(outcomes[truth] > PAIRS / 100, "too few conditions came out " + Truth.name(truth));
        }
    }

    /** Knowing less leaves an outcome as it was or makes it unknown; so it never makes a condition true. */
    @Test
    void knowingLessNeverTurnsAConditionTrue() {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        Generator generator = new Generator(random);
        CelCompiler compiler = Vocabulary.compiler();
        int becameUnknown = 0;
        for (int pair = 0; pair < PAIRS; ) {
            String text = generator.condition(1 + random.nextInt(4));
            Condition condition = compile(compiler, text);
            if (condition == null) {
                continue;
            }
            for (int i = 0; i < FACTS_EACH; i++, pair++) {
                Facts facts = generator.facts(i % 2 == 0);
                byte before = condition.evaluate(facts);
                String sample = "seed " + (SEED + 1) + ": " + text;
                while (condition.slots().stream().anyMatch(slot -> facts.state(slot) != Facts.UNKNOWN)) {
                    takeOneAway(random, facts);
                    byte after = condition.evaluate(facts);
                    assertTrue(
                            after == before || after == Truth.UNKNOWN,
                            () -> sample + " turned " + Truth.name(after) + " on knowing less");
                    becameUnknown += after == Truth.UNKNOWN && before != Truth.UNKNOWN ? 1 : 0;
                    before = after;
                }
            }
        }
        assertTrue(becameUnknown > PAIRS / 4, "hardly anything became unknown");
    }

    private static void takeOneAway(SplittableRandom random, Facts facts) {
        int slot = random.nextInt(Vocabulary.LAYOUT.size());
        while (facts.state(slot) == Facts.UNKNOWN) {
            slot = (slot + 1) % Vocabulary.LAYOUT.size();
        }
        facts.setUnknown(slot);
    }

    /** Null for what is refused for its size. Everything else the generator makes must compile. */
    private static @Nullable Condition compile(CelCompiler compiler, String text) {
        CelCompiler.Result result = compiler.compile(text);
        if (result instanceof CelCompiler.Compiled compiled) {
            return compiled.condition();
        }
        CelProblem problem = ((CelCompiler.Problems) result).problems().get(0);
        if (problem.message().contains("at most") || problem.message().contains("more than")) {
            return null;
        }
        throw new AssertionError(text + " -> " + problem);
    }
}
