package io.meridian.edge.monitoring;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds what an expression asks for against what is exposed. */
final class ExposedSeries {
    /** What Prometheus itself adds to every series; {@code le} belongs to buckets. */
    private static final Set<String> OF_PROMETHEUS = Set.of("region", "namespace", "pod", "job", "instance");

    private ExposedSeries() {}

    /** What does not exist, in words; empty if all does. Of series that appear later, what the page of metrics says is believed. */
    static Set<String> problems(PromQl expression, Exposition exposed) throws IOException {
        Set<String> problems = new TreeSet<>();
        Set<String> known = new TreeSet<>(OF_PROMETHEUS);
        for (PromQl.Selector selector : expression.selectors) {
            String metric = selector.metric();
            Map<String, Set<String>> labels = later(metric);
            if (labels.isEmpty()) {
                labels = exposed.labels(metric);
                if (!exposed.samples().contains(metric)) {
                    problems.add("there is no " + metric);
                }
            }
            known.addAll(labels.keySet());
            for (Map.Entry<String, String[]> matcher : selector.matchers().entrySet()) {
                if (!OF_PROMETHEUS.contains(matcher.getKey())) {
                    check(metric, matcher.getKey(), matcher.getValue(), labels, problems);
                }
            }
        }
        for (String label : expression.labels) {
            if (!known.contains(label)) {
                problems.add("no series of it has a label " + label + ": " + expression.selectors);
            }
        }
        return problems;
    }

    /** The tags of a metric whose series need not be there yet; empty for others. */
    private static Map<String, Set<String>> later(String metric) throws IOException {
        for (MetricsPage.Row row : MetricsPage.rows()) {
            if (row.later() && row.name().equals(metric)) {
                Map<String, Set<String>> tags = new TreeMap<>(row.tags());
                tags.putIfAbsent("pod", Set.of());
                return tags;
            }
        }
        return Map.of();
    }

    private static void check(
            String metric, String label, String[] matcher, Map<String, Set<String>> labels, Set<String> problems) {
        Set<String> values = labels.getOrDefault(label, Set.of());
        String[] wanted = matcher[0].endsWith("~") ? matcher[1].split("\\|") : new String[] {matcher[1]};
        for (String value : wanted) {
            if (values.stream().noneMatch(one -> one.matches(value))) {
                problems.add(metric + " has no " + label + "=" + value);
            }
        }
    }
}
