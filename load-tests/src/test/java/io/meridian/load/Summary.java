package io.meridian.load;

import io.meridian.load.results.GoalResult;
import io.meridian.load.results.KindResult;
import io.meridian.load.results.PhaseResult;
import io.meridian.load.results.RunResult;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** A run's results as text. */
final class Summary {
    private static final String ROW = "%-18s %9s %8s %8s %7s %9s %8s %8s %8s %8s %8s%n";

    private Summary() {}

    static String of(RunResult run, Path file) {
        StringBuilder text = new StringBuilder(2048);
        for (PhaseResult phase : run.phases()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%s: %s, %.0f s, %s calls/s due%n",
                    run.simulation(),
                    phase.name(),
                    phase.seconds(),
                    Goal.plain(phase.rate())));
            text.append(String.format(
                    Locale.ROOT,
                    ROW,
                    "",
                    "sent",
                    "429",
                    "failed",
                    "degr.",
                    "good/s",
                    "mean ms",
                    "p50",
                    "p99",
                    "p99.9",
                    "max"));
            phase.kinds().forEach((name, kind) -> text.append(row(name, kind)));
        }
        text.append(String.format("%n"));
        for (Map.Entry<String, Double> figure : run.figures().entrySet()) {
            text.append(String.format(Locale.ROOT, "%s = %s%n", figure.getKey(), Goal.plain(figure.getValue())));
        }
        text.append(String.format("%n"));
        for (GoalResult goal : run.goals()) {
            text.append(String.format(
                    Locale.ROOT, "%-6s  %s: %s%n", goal.met() ? "met" : "MISSED", goal.goal(), goal.measured()));
        }
        return text.append(String.format("%nresults: %s%n", file)).toString();
    }

    private static String row(String name, KindResult kind) {
        return String.format(
                Locale.ROOT,
                ROW,
                name,
                kind.sent(),
                kind.shed(),
                kind.failed(),
                kind.degraded(),
                String.format(Locale.ROOT, "%.1f", kind.perSecond()),
                millis(kind.meanMillis()),
                millis(kind.p50Millis()),
                millis(kind.p99Millis()),
                millis(kind.p999Millis()),
                millis(kind.maxMillis()));
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.2f", millis);
    }
}
