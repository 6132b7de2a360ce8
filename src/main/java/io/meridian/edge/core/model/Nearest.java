package io.meridian.edge.core.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the word somebody probably meant. */
public final class Nearest {
    private static final int MAX_LENGTH = 80;
    private static final int MOST_SUGGESTIONS = 3;

    private Nearest() {}

    /** "did you mean 'tier'?", or a list of what there is if it is short, or "". */
    public static String advice(String written, Collection<String> known) {
        String near = of(written, known);
        if (near != null) {
            return "did you mean '" + near + "'?";
        }
        if (known.isEmpty()) {
            return "there is none";
        }
        return known.size() <= 12 ? "there is: " + String.join(", ", known) : "";
    }

    /** The nearest of {@link #likely}; null if there is none. */
    public static @Nullable String of(String written, Collection<String> known) {
        List<String> likely = likely(written, known);
        return likely.isEmpty() ? null : likely.get(0);
    }

    /**
     * The known words within one typing error per four characters and one more (at most 3) of what was written, whatever
     * their case: the nearest first, of equally near ones the one known first, at most three.
     */
    public static List<String> likely(String written, Collection<String> known) {
        if (written.length() > MAX_LENGTH) {
            return List.of();
        }
        record Near(String word, int distance) {}
        String lower = written.toLowerCase(Locale.ROOT);
        int furthest = Math.min(3, 1 + written.length() / 4);
        List<Near> near = new ArrayList<>();
        for (String word : known) {
            if (word.length() <= MAX_LENGTH && Math.abs(word.length() - written.length()) <= furthest) {
                int distance = distance(lower, word.toLowerCase(Locale.ROOT));
                if (distance <= furthest) {
                    near.add(new Near(word, distance));
                }
            }
        }
        return near.stream()
                .sorted(Comparator.comparingInt(Near::distance))
                .limit(MOST_SUGGESTIONS)
                .map(Near::word)
                .toList();
    }

    /** Levenshtein distance, with two swapped neighbours as one error. */
    private static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int substitution = cost[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(substitution, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[left.length()][right.length()];
    }
}
