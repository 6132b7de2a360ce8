package io.meridian.edge.core.arbitration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RankingTest {
    @Test
    void exponentsLeaveOutKeepOrRaise() {
        assertEquals(0.1 * 20 * 1.5 * 2, RankingPolicy.PLAIN.score(0.1, 20, 1.5, 2));
        assertEquals(20 * 1.5, new RankingPolicy(0, 1, 1, 0).score(0.1, 20, 1.5, 2));
        assertEquals(StrictMath.pow(0.1, 2.5) * 20, new RankingPolicy(2.5, 1, 0, 0).score(0.1, 20, 1.5, 2));
        assertEquals(0, RankingPolicy.PLAIN.score(0, 20, 1, 1));
    }

    @Test
    void takingTheBestAgainAndAgainSorts() {
        SplittableRandom random = new SplittableRandom(3);
        double[] scores =
                random.doubles(50).map(score -> Math.floor(score * 10)).toArray();
        int[] priorities = random.ints(50, 0, 3).toArray();
        boolean[] taken = new boolean[scores.length];
        int last = -1;
        for (int i = 5; i < 45; i++) {
            int best = Arbiter.best(priorities, scores, taken, 5, 45);
            taken[best] = true;
            assertTrue(last < 0 || goesFirst(priorities, scores, last, best), Arrays.toString(scores));
            last = best;
        }
        assertEquals(-1, Arbiter.best(priorities, scores, taken, 5, 45));
    }

    private static boolean goesFirst(int[] priorities, double[] scores, int one, int other) {
        if (priorities[one] != priorities[other]) {
            return priorities[one] > priorities[other];
        }
        return scores[one] > scores[other] || (scores[one] == scores[other] && one < other);
    }
}
