package io.meridian.edge.cli.lab.cases;

import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.List;

/**
 * What came of one case.
 *
 * @param where the case
 * @param differences empty if it passed
 * @param nanos how long it took
 */
record CaseResult(String name, Where where, List<Difference> differences, long nanos) {
    /**
     * Something is not as expected.
     *
     * @param where the expectation
     * @param what for people: {@code home-hero offer}
     * @param why one line each: verdicts, and the rules behind them
     */
    record Difference(Where where, String what, String expected, String got, List<String> why) {}

    boolean passed() {
        return differences.isEmpty();
    }

    /**
     * A file of cases.
     *
     * @param problems why it was not run; then there are no results
     */
    record OfFile(String file, List<CaseResult> results, List<Problem> problems) {
        long failed() {
            return results.stream().filter(result -> !result.passed()).count();
        }
    }
}
