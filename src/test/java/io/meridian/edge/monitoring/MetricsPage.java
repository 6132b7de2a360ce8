package io.meridian.edge.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of METRICS.md. */
final class MetricsPage {
    private static final Path PAGE = MonitoringFiles.FOLDER.resolve("METRICS.md");
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");

    private MetricsPage() {}

    /**
     * A row of the page.
     *
     * @param later true if the series appear the first time it happens
     * @param tags each with the values listed, none if they are told in words
     */
    record Row(String name, String type, boolean later, Map<String, Set<String>> tags) {
        static Row of(String line) {
            String[] cells = line.split("\\|");
            String type = cells[2].strip();
            Map<String, Set<String>> tags = new TreeMap<>();
            for (String tag : cells[3].split(";")) {
                Matcher words = WORD.matcher(tag);
                if (words.find()) {
                    Set<String> values = tags.computeIfAbsent(words.group(1), key -> new TreeSet<>());
                    boolean listed = tag.strip().matches("`\\w+`:( `[\\w-]+`)+");
                    while (listed && words.find()) {
                        values.add(words.group(1));
                    }
                }
            }
            String name = cells[1].strip();
            return new Row(name.substring(1, name.length() - 1), type.split(" ")[0], type.contains("¹"), tags);
        }

        /** The name of the samples that carry its tags. */
        String sample() {
            return type.equals("histogram") ? name + "_count" : name;
        }
    }

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| `")) {
                rows.add(Row.of(line));
            }
        }
        if (rows.size() < 20) {
            throw new IllegalStateException("the tables of " + PAGE + " were not found");
        }
        return rows;
    }
}
