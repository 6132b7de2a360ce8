package io.meridian.edge.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The matrix as people read it. */
final class MatrixReport {
    /** Share of calls that may be later than their deadline, by the service's own clock. */
    private static final double MOST_LATE = 0.001;

    private static final String HEAD =
            "| kind | phase | seed | calls | degraded | by | late | no 200 | shed | personal again, ms | writes again, ms | slowest call, ms | |\n"
                    + "|---|---|---|---:|---:|---|---:|---:|---:|---:|---:|---:|---|\n";

    private MatrixReport() {}

    static void write(Path file, FaultMatrix matrix) throws IOException {
        StringBuilder text = new StringBuilder("# Faults\n\n")
                .append(summary(matrix))
                .append("\n\n")
                .append(HEAD);
        matrix.results().forEach(result -> text.append(line(result)).append('\n'));
        text.append('\n');
        matrix.skipped().forEach(what -> text.append("- not run: ").append(what).append('\n'));
        for (String problem : problems(matrix)) {
            text.append("- ").append(problem).append('\n');
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    static String line(CellResult result) {
        Cell cell = result.cell();
        Tally tally = result.tally();
        String codes = tally.degraded().entrySet().stream()
                .map(code -> code.getKey() + " " + code.getValue())
                .collect(Collectors.joining(", "));
        return "| " + cell.kind().id() + " | " + cell.phase() + " | " + cell.seed() + " | " + tally.calls() + " | "
                + tally.degradedCalls() + " | " + codes + " | "
                + result.counted().late() + " | " + tally.failed()
                + " | " + tally.shed() + " | " + result.recoveryMillis() + " | " + result.writesMillis() + " | "
                + tally.slowestMillis() + " | "
                + (result.fine() ? "" : "**" + result.faults().size() + "**") + " |";
    }

    /** One paragraph. */
    static String summary(FaultMatrix matrix) {
        List<CellResult> results = matrix.results();
        long calls = sum(results, result -> result.tally().calls());
        long late = sum(results, result -> result.counted().late());
        long worst =
                results.stream().mapToLong(CellResult::recoveryMillis).max().orElse(0);
        return results.size() + " cells of "
                + results.stream()
                        .map(result -> result.cell().kind().id())
                        .distinct()
                        .count()
                + " kinds, " + calls + " calls: "
                + sum(results, result -> result.tally().degradedCalls()) + " degraded, "
                + sum(results, result -> result.tally().failed()) + " without a 200, "
                + sum(results, result -> result.tally().shed()) + " shed, " + late + " later than their deadline; "
                + "personal again after at most " + worst + " ms; "
                + results.stream().filter(result -> !result.fine()).count() + " cells not as they should be.";
    }

    /** Everything that should not have been, each with what runs it again. */
    static List<String> problems(FaultMatrix matrix) {
        List<String> problems = matrix.results().stream()
                .flatMap(result -> result.faults().stream().map(fault -> again(result.cell()) + ": " + fault))
                .collect(Collectors.toList());
        problems.addAll(matrix.leaks());
        return problems;
    }

    /** What took longer than it may, cell by cell and altogether. */
    static List<String> tooSlow(FaultMatrix matrix) {
        List<String> slow = new ArrayList<>();
        for (CellResult result : matrix.results()) {
            result.tooSlow().forEach(what -> slow.add(again(result.cell()) + ": " + what));
        }
        long late = sum(matrix.results(), result -> result.counted().late());
        long calls = sum(matrix.results(), result -> result.tally().calls());
        if (late > MOST_LATE * calls) {
            slow.add(late + " of " + calls + " calls were later than their deadline");
        }
        return slow;
    }

    private static String again(Cell cell) {
        return "-Dmeridian.faults.seed=" + cell.seed() + " -Dmeridian.faults.only=" + cell.name();
    }

    private interface Count {
        long of(CellResult result);
    }

    private static long sum(List<CellResult> results, Count count) {
        return results.stream().mapToLong(count::of).sum();
    }
}
