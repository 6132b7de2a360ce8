package io.meridian.edge.core.arbitration;

/** Picks the best of those that are left. */
public final class Arbiter {
    private Arbiter() {}

    /**
     * The index of the highest priority among those not taken, of these the one of the highest score, of equal scores the first, so
     * that the answer never depends on chance.
     *
     * @param priorities higher ones go first whatever the scores
     * @param scores finite, 0 or more
     * @param taken true for those that are out
     * @param from first index, inclusive
     * @param to last index, exclusive
     * @return -1 if all are taken
     */
    public static int best(int[] priorities, double[] scores, boolean[] taken, int from, int to) {
        int best = -1;
        for (int i = from; i < to; i++) {
            if (!taken[i]
                    && (best < 0
                            || priorities[i] > priorities[best]
                            || (priorities[i] == priorities[best] && scores[i] > scores[best]))) {
                best = i;
            }
        }
        return best;
    }
}
