package io.meridian.edge.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Latencies without and with new configurations, as a Markdown table and as JSON. */
final class SwapReport {
    private final double capacity;
    private final int perSecond;
    private final Duration window;
    private final Side without = new Side(new Histogram(3));
    private final Side with = new Side(new Histogram(3));
    private final List<Double> ratios = new ArrayList<>();
    private int saved;
    private long activated;
    private int seen;
    private int degraded;

    /** The windows of one kind together. */
    private static final class Side {
        private final Histogram latency;
        private int failures;

        Side(Histogram latency) {
            this.latency = latency;
        }

        void add(OpenLoad.Window window) {
            latency.add(window.latency());
            failures += window.failures() + window.shed();
        }

        double millis(double percentile) {
            return latency.getValueAtPercentile(percentile) / 1e6;
        }

        String row(String name) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %.2f | %.2f | %.2f | %d |%n",
                    name,
                    latency.getTotalCount(),
                    millis(50),
                    millis(99),
                    millis(99.9),
                    failures);
        }

        void write(ObjectNode json) {
            json.put("requests", latency.getTotalCount());
            json.put("p50Millis", millis(50));
            json.put("p99Millis", millis(99));
            json.put("p999Millis", millis(99.9));
            json.put("failed", failures);
        }
    }

    /**
     * @param capacity requests per second the service could do
     * @param perSecond what it was asked for
     */
    SwapReport(double capacity, int perSecond, Duration window) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.window = window;
    }

    /** One round's windows. */
    void add(OpenLoad.Window without, OpenLoad.Window with) {
        this.without.add(without);
        this.with.add(with);
        ratios.add(with.latency().getValueAtPercentile(99)
                / (double) without.latency().getValueAtPercentile(99));
    }

    /**
     * What became of the configurations of all rounds.
     *
     * @param saved into the folder
     * @param activated by the service's audit
     * @param seen new revisions in answers
     * @param degraded answers that say they are
     */
    void changes(int saved, long activated, int seen, int degraded) {
        this.saved = saved;
        this.activated = activated;
        this.seen = seen;
        this.degraded = degraded;
    }

    String markdown() {
        return String.format(
                        Locale.ROOT,
                        "JDK %s, %d processors; capacity %.0f requests/s, asked for %d/s; %d rounds of %d s per row.%n%n",
                        Runtime.version().feature(),
                        Runtime.getRuntime().availableProcessors(),
                        capacity,
                        perSecond,
                        ratios.size(),
                        window.toSeconds())
                + "| configuration | requests | p50 ms | p99 ms | p99.9 ms | failed |\n|---|---|---|---|---|---|\n"
                + without.row("stays")
                + with.row("changes every 2 s")
                + String.format(
                        Locale.ROOT,
                        "%np99 with ÷ without: %.2f (median over the rounds). Saved %d, activated %d, new revisions in answers %d, "
                                + "degraded answers %d.%n",
                        Series.median(ratios),
                        saved,
                        activated,
                        seen,
                        degraded);
    }

    /** {@code swap.md} and {@code swap.json}. */
    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("swap.md"), markdown());
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("jdk", Runtime.version().toString());
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("capacityPerSecond", capacity);
        root.put("requestsPerSecond", perSecond);
        root.put("rounds", ratios.size());
        root.put("windowSeconds", window.toSeconds());
        without.write(root.putObject("without"));
        with.write(root.putObject("with"));
        root.put("p99Ratio", Series.median(ratios));
        root.put("saved", saved);
        root.put("activated", activated);
        root.put("revisionsSeen", seen);
        root.put("degraded", degraded);
        mapper.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("swap.json").toFile(), root);
    }

    /** Throws if a call failed, nothing was activated, or callers saw other than what was activated. */
    void requireSound() {
        if (without.failures + with.failures > 0 || activated == 0 || seen != activated) {
            throw new IllegalStateException("calls failed, or not every configuration was seen: see above");
        }
    }
}
