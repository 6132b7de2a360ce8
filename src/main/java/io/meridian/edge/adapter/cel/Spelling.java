package io.meridian.edge.adapter.cel;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What somebody probably meant to write. */
final class Spelling {
    private static final int MOST_SUGGESTIONS = 3;

    private Spelling() {}

    /** The candidates at most a third of the word's letters (but at least one) away, nearest first, at most three. */
    static List<String> nearest(String word, Collection<String> candidates) {
        int furthest = Math.max(1, Math.min(4, word.length() / 3));
        record Near(String candidate, int distance) {}
        return candidates.stream()
                .map(candidate -> new Near(candidate, distance(word, candidate)))
                .filter(near -> near.distance <= furthest)
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::candidate))
                .limit(MOST_SUGGESTIONS)
                .map(Near::candidate)
                .toList();
    }

    /** How many letters must be added, removed, replaced or swapped with their neighbour. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
