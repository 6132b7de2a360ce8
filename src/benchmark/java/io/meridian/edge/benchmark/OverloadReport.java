package io.meridian.edge.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Tails at half of capacity and what is left beyond it, as Markdown tables and as JSON. */
final class OverloadReport {
    private final Duration window;
    /** Before this process is kept on one of them. */
    private final int processors = Runtime.getRuntime().availableProcessors();

    private final Histogram constant = new Histogram(3);
    private final Histogram decision = new Histogram(3);
    private final List<Double> tailRatios = new ArrayList<>();
    private final Map<String, Excess> excesses = new LinkedHashMap<>();
    private int rate;
    private int failures;

    /** The rounds of one model and one multiple of what can be done. */
    private static final class Excess {
        private final List<Double> peaks = new ArrayList<>();
        private final List<Double> goodputs = new ArrayList<>();
        private final List<Double> ratios = new ArrayList<>();
        private final Histogram good = new Histogram(3);
        private final Histogram refused = new Histogram(3);
        private long degraded;
        private int failures;
    }

    OverloadReport(Duration window) {
        this.window = window;
    }

    /** One round at half of capacity: the constant answer, and the decision right after it. */
    void tail(int perSecond, OpenLoad.Window constantAnswers, OpenLoad.Window decisions) {
        rate = perSecond;
        constant.add(constantAnswers.latency());
        decision.add(decisions.latency());
        tailRatios.add(decisions.latency().getValueAtPercentile(99.9)
                / (double) constantAnswers.latency().getValueAtPercentile(99.9));
        failures += constantAnswers.failures() + constantAnswers.shed() + decisions.failures() + decisions.shed();
    }

    /**
     * @param peak the most right answers in time, per second, at any rate just before
     * @param degraded how many of the right answers were without something, the model say
     */
    void overload(String model, int times, double peak, OpenLoad.Window brought, long degraded) {
        Excess excess = excesses.computeIfAbsent(model + " | " + times, ignored -> new Excess());
        double goodput = brought.within(OverloadBenchmark.IN_TIME) / (window.toMillis() / 1e3);
        excess.peaks.add(peak);
        excess.goodputs.add(goodput);
        excess.ratios.add(goodput / peak);
        excess.good.add(brought.latency());
        excess.refused.add(brought.shedLatency());
        excess.degraded += degraded;
        excess.failures += brought.failures();
    }

    String markdown() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "JDK %s, a processor for the service, windows of %d s, medians over the rounds.%n",
                Runtime.version().feature(),
                window.toSeconds()));
        if (!tailRatios.isEmpty()) {
            text.append(String.format(Locale.ROOT, "%nAt half of capacity, %d requests/s:%n%n", rate));
            text.append("| path | p50 ms | p99 ms | p99.9 ms |\n|---|---|---|---|\n");
            text.append(tailRow("a constant", constant)).append(tailRow("full: 1000 rules, 32 candidates", decision));
            text.append(String.format(
                    Locale.ROOT,
                    "%np99.9 of the decision ÷ that of the constant: %.2f. Failed or shed: %d.%n",
                    Series.median(tailRatios),
                    failures));
        }
        text.append(String.format(
                Locale.ROOT,
                "%nMore than can be done; good is a 200 within %d ms:%n%n",
                OverloadBenchmark.IN_TIME.toMillis()));
        text.append(
                "| model | times capacity | peak/s | good/s | good ÷ peak | 200 p50 ms | 200 p99 ms | degraded | 429s | 429 p99 ms | failed |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        excesses.forEach((name, excess) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.2f | %.2f | %.2f | %d | %d | %.2f | %d |%n",
                name,
                Series.median(excess.peaks),
                Series.median(excess.goodputs),
                Series.median(excess.ratios),
                millis(excess.good, 50),
                millis(excess.good, 99),
                excess.degraded,
                excess.refused.getTotalCount(),
                millis(excess.refused, 99),
                excess.failures)));
        return text.toString();
    }

    /** {@code overload.md} and {@code overload.json}. */
    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("overload.md"), markdown());
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("jdk", Runtime.version().toString());
        root.put("processors", processors);
        root.put("windowSeconds", window.toSeconds());
        ObjectNode tail = root.putObject("tail");
        tail.put("requestsPerSecond", rate);
        tail.put("constantP999Millis", millis(constant, 99.9));
        tail.put("decisionP999Millis", millis(decision, 99.9));
        if (!tailRatios.isEmpty()) {
            tail.put("p999Ratio", Series.median(tailRatios));
        }
        tail.put("failed", failures);
        excesses.forEach((name, excess) -> {
            ObjectNode row = root.withArray("overload").addObject();
            row.put("modelAndTimes", name);
            row.put("peakPerSecond", Series.median(excess.peaks));
            row.put("goodPerSecond", Series.median(excess.goodputs));
            row.put("goodToPeak", Series.median(excess.ratios));
            row.put("p99Millis", millis(excess.good, 99));
            row.put("degraded", excess.degraded);
            row.put("shed", excess.refused.getTotalCount());
            row.put("failed", excess.failures);
        });
        mapper.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("overload.json").toFile(), root);
    }

    /** Throws if a call failed otherwise than by being refused where there was too much. */
    void requireSound() {
        if (failures
                        + excesses.values().stream()
                                .mapToInt(excess -> excess.failures)
                                .sum()
                > 0) {
            throw new IllegalStateException("calls failed: see above");
        }
    }

    private static String tailRow(String name, Histogram latency) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f |%n",
                name,
                millis(latency, 50),
                millis(latency, 99),
                millis(latency, 99.9));
    }

    private static double millis(Histogram latency, double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e6;
    }
}
