package io.meridian.edge.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What all rounds brought for one scenario. */
final class Series {
    private final Scenario scenario;
    private final List<Double> javaMicros = new ArrayList<>();
    private final List<Double> redisMicros = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();
    private final List<Double> commands = new ArrayList<>();
    private final Histogram latency = new Histogram(3);
    private int failures;

    Series(Scenario scenario) {
        this.scenario = scenario;
    }

    /** One round's window: CPU in nanoseconds, allocation in bytes, Redis commands, all of the whole window. */
    void add(OpenLoad.Window window, long javaNanos, long redisNanos, long allocated, long redisCommands) {
        double requests = Math.max(1, window.requests());
        javaMicros.add(javaNanos / 1000.0 / requests);
        redisMicros.add(redisNanos / 1000.0 / requests);
        bytes.add(allocated / requests);
        commands.add(redisCommands / requests);
        latency.add(window.latency());
        failures += window.failures() + window.shed();
    }

    Scenario scenario() {
        return scenario;
    }

    int failures() {
        return failures;
    }

    /** CPU of one round's requests, Java and Redis together, microseconds each. */
    double cpuMicros(int round) {
        return javaMicros.get(round) + redisMicros.get(round);
    }

    double medianJavaMicros() {
        return median(javaMicros);
    }

    double medianRedisMicros() {
        return median(redisMicros);
    }

    double medianBytes() {
        return median(bytes);
    }

    double medianCommands() {
        return median(commands);
    }

    /** Median over the rounds of the ratio within a round: what a busy machine does to both cancels out. */
    double ratioTo(Series other) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < javaMicros.size(); round++) {
            ratios.add(cpuMicros(round) / other.cpuMicros(round));
        }
        return median(ratios);
    }

    /** Milliseconds. */
    double latencyMillis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e6;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
