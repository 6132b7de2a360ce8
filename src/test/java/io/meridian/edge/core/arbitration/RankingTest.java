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
        boolean[] taken = new boolean[scores.length];
        double last = Double.MAX_VALUE;
        int lastIndex = -1;
        for (int i = 5; i < 45; i++) {
            int best = Arbiter.best(scores, taken, 5, 45);
            taken[best] = true;
            assertTrue(scores[best] < last || (scores[best] == last && best > lastIndex), Arrays.toString(scores));
            last = scores[best];
            lastIndex = best;
        }
        assertEquals(-1, Arbiter.best(scores, taken, 5, 45));
    }
}
