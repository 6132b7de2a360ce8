package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.ArrayList;
import java.util.List;

/** What the checks found, up to a limit. */
final class Warnings {
    /** Whoever gets more has one cause to mend first. */
    static final int MOST = 1_000;

    private final List<Problem> found = new ArrayList<>();
    private int leftOut;

    void warn(Where where, String code, String message, String advice) {
        add(Problem.warning(where, code, message, advice));
    }

    void error(Where where, String code, String message, String advice) {
        add(new Problem(where.file(), where.line(), where.column(), code, message, advice));
    }

    List<Problem> all() {
        List<Problem> all = new ArrayList<>(found);
        if (leftOut > 0) {
            all.add(Problem.warning(
                    Where.file("."), "more-warnings", "and " + leftOut + " more warnings", "mend these first"));
        }
        return all;
    }

    /** {@code a, b, c}, and how many more. */
    static String some(List<String> names, int most) {
        String listed = String.join(", ", names.subList(0, Math.min(most, names.size())));
        return names.size() <= most ? listed : listed + " and " + (names.size() - most) + " more";
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String all(List<String> names) {
        if (names.size() < 2) {
            return String.join("", names);
        }
        return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
    }

    private void add(Problem problem) {
        if (problem.isError() || found.size() < MOST) {
            found.add(problem);
        } else {
            leftOut++;
        }
    }
}
