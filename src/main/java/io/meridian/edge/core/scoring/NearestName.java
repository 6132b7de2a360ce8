package io.meridian.edge.core.scoring;

import io.meridian.edge.core.model.FactLayout;
import org.jspecify.annotations.Nullable;

/** Finds what was probably meant by a name that does not exist. */
final class NearestName {
    /** More typing errors than this, and a suggestion would be a guess. */
    private static final int MAX_DISTANCE = 2;

    private NearestName() {}

    /** The fact whose name is nearest to what was written, within two typing errors; else null. */
    static @Nullable String of(String written, FactLayout facts) {
        String best = null;
        int bestDistance = MAX_DISTANCE + 1;
        for (int i = 0; i < facts.size(); i++) {
            String candidate = facts.slot(i).name();
            int distance = distance(written, candidate);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Levenshtein distance. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        int[] current = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substitution = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[right.length()];
    }
}
