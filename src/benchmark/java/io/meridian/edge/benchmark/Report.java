package io.meridian.edge.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The measured series as a Markdown table and as JSON. */
final class Report {
    private final ServiceBenchmark.Plan plan;
    private final List<Series> all;
    private final Series constant;
    private final Series bare;
    private final Series firstDecision;

    /** The first series is the constant answer, the third the bare path, the fourth the first decision. */
    Report(ServiceBenchmark.Plan plan, List<Series> all) {
        this.plan = plan;
        this.all = all;
        this.constant = all.get(0);
        this.bare = all.get(2);
        this.firstDecision = all.get(3);
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "JDK %s, %d processors, %d requests/s, %d rounds of %d s per row, medians.%n%n",
                Runtime.version().feature(),
                Runtime.getRuntime().availableProcessors(),
                plan.perSecond(),
                plan.rounds(),
                plan.window().toSeconds()));
        text.append(
                "| path | CPU ÷ (a) | CPU ÷ bare | CPU ÷ first full | candidates | Java µs | Redis µs | KB allocated | Redis commands | p50 ms | p99 ms | p99.9 ms | failed |\n");
        text.append("|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (Series series : all) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.2f | %.2f | %.1f | %.0f | %.1f | %.1f | %.2f | %.2f | %.2f | %.2f | %d |%n",
                    series.scenario().name(),
                    series.ratioTo(constant),
                    series.ratioTo(bare),
                    series.ratioTo(firstDecision),
                    series.scenario().meanCandidates(),
                    series.medianJavaMicros(),
                    series.medianRedisMicros(),
                    series.medianBytes() / 1024,
                    series.medianCommands(),
                    series.latencyMillis(50),
                    series.latencyMillis(99),
                    series.latencyMillis(99.9),
                    series.failures()));
        }
        return text.toString();
    }

    /** Writes {@code <name>.md} and {@code <name>.json}. */
    void write(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".md"), markdown());
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("jdk", Runtime.version().toString());
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("requestsPerSecond", plan.perSecond());
        root.put("rounds", plan.rounds());
        for (Series series : all) {
            ObjectNode row = root.withArray("paths").addObject();
            row.put("path", series.scenario().name());
            row.put("cpuToConstant", series.ratioTo(constant));
            row.put("cpuToBare", series.ratioTo(bare));
            row.put("cpuToFirstDecision", series.ratioTo(firstDecision));
            row.put("candidates", series.scenario().meanCandidates());
            row.put("javaMicros", series.medianJavaMicros());
            row.put("redisMicros", series.medianRedisMicros());
            row.put("bytesAllocated", series.medianBytes());
            row.put("redisCommands", series.medianCommands());
            row.put("p50Millis", series.latencyMillis(50));
            row.put("p99Millis", series.latencyMillis(99));
            row.put("p999Millis", series.latencyMillis(99.9));
            row.put("failed", series.failures());
        }
        mapper.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve(name + ".json").toFile(), root);
    }
}
