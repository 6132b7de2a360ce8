package io.meridian.load.results;

import java.util.List;
import java.util.Map;

/**
 * All of a run.
 *
 * @param format of the file: {@link #FORMAT}
 * @param simulation which one, such as {@code Steady}
 * @param startedAt ISO 8601
 * @param service which region and rules answered; for people
 * @param setup what was asked for: runs can be compared if this is the same
 * @param figures single numbers of the run, by name; of each more is better, except those that end in {@code PerCall}, {@code PerHour} or
 *     {@code Millis}
 */
public record RunResult(
        int format,
        String simulation,
        String startedAt,
        Map<String, String> service,
        Map<String, String> setup,
        List<PhaseResult> phases,
        Map<String, Double> figures,
        List<GoalResult> goals) {
    /** The version of the file's form. */
    public static final int FORMAT = 1;

    /** The phase of that name; {@link IllegalArgumentException} if there is none. */
    public PhaseResult phase(String name) {
        for (PhaseResult phase : phases) {
            if (phase.name().equals(name)) {
                return phase;
            }
        }
        throw new IllegalArgumentException("no phase \"" + name + "\"");
    }
}
