package io.meridian.edge.app.delivery;

import io.meridian.edge.core.bundle.definition.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** What became of a configuration, in words. */
public final class Told {
    /** How many problems are told; {@code meridian validate} tells all. */
    private static final int MAX_PROBLEMS = 50;

    private Told() {}

    /** The code, the detail, and the first problems on lines of their own, as {@code validate} prints them. */
    public static String of(Outcome.Rejected rejected) {
        String text = rejected.code() + ": " + rejected.detail();
        return rejected.problems().isEmpty() ? text : text + "\n" + problems(rejected.problems());
    }

    /** The first problems, a line or more each. */
    public static String problems(List<Problem> problems) {
        String shown =
                problems.stream().limit(MAX_PROBLEMS).map(Problem::toString).collect(Collectors.joining("\n"));
        return problems.size() > MAX_PROBLEMS ? shown + "\n… and " + (problems.size() - MAX_PROBLEMS) + " more" : shown;
    }
}
