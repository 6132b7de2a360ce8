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

    /** The detail and the first problems in one line, for audits and answers. */
    public static String why(Outcome.Rejected rejected) {
        if (rejected.problems().isEmpty()) {
            return rejected.detail();
        }
        return rejected.detail() + ": "
                + rejected.problems().stream()
                        .filter(Problem::isError)
                        .limit(3)
                        .map(problem -> problem.toString().replaceAll("\\s*\n\\s*", "; "))
                        .collect(Collectors.joining(" | "));
    }

    /** The first problems, a line or more each. */
    public static String problems(List<Problem> problems) {
        String shown =
                problems.stream().limit(MAX_PROBLEMS).map(Problem::toString).collect(Collectors.joining("\n"));
        return problems.size() > MAX_PROBLEMS ? shown + "\n… and " + (problems.size() - MAX_PROBLEMS) + " more" : shown;
    }
}
