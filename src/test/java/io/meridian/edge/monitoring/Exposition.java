package io.meridian.edge.monitoring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /q/metrics} says, read as Prometheus reads its text format. */
final class Exposition {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** By the name of each sample ({@code x_bucket}, {@code x_total}): the values of each label. */
    private final Map<String, Map<String, Set<String>>> labels = new TreeMap<>();

    /** By the name of a family: its type. */
    private final Map<String, String> types = new TreeMap<>();

    private final Map<String, Double> values = new LinkedHashMap<>();

    private Exposition(String text) {
        for (String line : text.split("\n")) {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ");
                types.put(words[2], words[3]);
            } else if (!line.startsWith("#")) {
                Matcher sample = SAMPLE.matcher(line);
                if (!sample.matches()) {
                    throw new IllegalArgumentException("no sample: " + line);
                }
                String series = line.substring(0, line.lastIndexOf(' ')).replace(",}", "}");
                values.put(series, Double.parseDouble(sample.group(3)));
                Map<String, Set<String>> of = labels.computeIfAbsent(sample.group(1), name -> new TreeMap<>());
                if (sample.group(2) != null) {
                    Matcher label = LABEL.matcher(sample.group(2));
                    while (label.find()) {
                        of.computeIfAbsent(label.group(1), key -> new TreeSet<>())
                                .add(label.group(2));
                    }
                }
            }
        }
    }

    static Exposition of(URI metrics) throws IOException, InterruptedException {
        return new Exposition(CLIENT.send(
                        HttpRequest.newBuilder(metrics)
                                .header("Accept", "text/plain; version=0.0.4")
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }

    /** The names of all samples. */
    Set<String> samples() {
        return labels.keySet();
    }

    /** The labels of a sample, each with its values. */
    Map<String, Set<String>> labels(String sample) {
        return labels.getOrDefault(sample, Map.of());
    }

    /** Families by name, each with its type: {@code counter gauge histogram summary}. */
    Map<String, String> types() {
        return types;
    }

    /** The value of one series, as written: {@code name{a="b"}}. */
    double value(String series) {
        Double value = values.get(series);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + series);
        }
        return value;
    }

    /** All series with their values. */
    Map<String, Double> values() {
        return values;
    }
}
