package io.meridian.edge.faults;

import java.util.HashMap;
import java.util.Map;

/** What a service has counted up to a moment, by the names of the Prometheus text format. */
final class Metrics {
    /**
     * What was counted between two moments in the life of one process.
     *
     * @param late calls answered after their deadline
     * @param dropped decision records
     */
    record Difference(long late, long dropped) {
        static Difference of(Metrics before, Metrics after) {
            return new Difference(after.late() - before.late(), after.recordsDropped() - before.recordsDropped());
        }
    }

    private final Map<String, Double> values;

    private Metrics(Map<String, Double> values) {
        this.values = values;
    }

    static Metrics of(String text) {
        Map<String, Double> values = new HashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
        });
        return new Metrics(values);
    }

    /** The sum over all tags that contain a text, {@code outcome="missed"} for example; 0 if there is none. */
    long sum(String name, String tag) {
        double sum = 0;
        for (Map.Entry<String, Double> value : values.entrySet()) {
            String key = value.getKey();
            if ((key.startsWith(name + "{") || key.equals(name)) && key.contains(tag)) {
                sum += value.getValue();
            }
        }
        return (long) sum;
    }

    /** Decision records that were offered to the log. */
    long recordsProduced() {
        return sum("meridian_decision_records_produced_total", "");
    }

    long recordsWritten() {
        return sum("meridian_decision_records_total", "outcome=\"written\"");
    }

    long recordsDropped() {
        return sum("meridian_decision_records_total", "outcome=\"dropped\"");
    }

    /**
     * Decide calls that were answered after their deadline, by the service's own clock.
     *
     * @throws IllegalStateException if the service does not count them: that would look as if none was late
     */
    long late() {
        String missed = "outcome=\"missed\"";
        if (values.keySet().stream()
                .noneMatch(key -> key.startsWith("meridian_deadline_total{") && key.contains(missed))) {
            throw new IllegalStateException("the service has no meridian_deadline_total{" + missed + "}");
        }
        return sum("meridian_deadline_total", missed);
    }
}
