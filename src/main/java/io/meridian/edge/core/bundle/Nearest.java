package io.meridian.edge.core.bundle;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the word somebody probably meant. */
public final class Nearest {
    private static final int MAX_LENGTH = 80;

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

    /** The known word within one typing error per three characters (at most 3) of what was written; null if there is none. */
    public static @Nullable String of(String written, Collection<String> known) {
        if (written.length() > MAX_LENGTH) {
            return null;
        }
        String lower = written.toLowerCase(Locale.ROOT);
        int best = Math.min(3, 1 + written.length() / 4) + 1;
        String nearest = null;
        for (String word : known) {
            if (word.length() <= MAX_LENGTH && Math.abs(word.length() - written.length()) < best) {
                int distance = distance(lower, word.toLowerCase(Locale.ROOT));
                if (distance < best) {
                    best = distance;
                    nearest = word;
                }
            }
        }
        return nearest;
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
