package io.meridian.load.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.load.compare.Row.Verdict;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A comparison for people, and for programs. */
final class Report {
    private static final int KIND_WIDTH = 18;
    private static final int CELL_WIDTH = 9;

    private final Comparison comparison;
    private final Side before;
    private final Side after;

    Report(Comparison comparison, Side before, Side after) {
        this.comparison = comparison;
        this.before = before;
        this.after = after;
    }

    /** A table per phase, then what is worse, then the verdict. */
    String text() {
        StringBuilder text = new StringBuilder(4096);
        text.append(String.format(
                Locale.ROOT,
                "%s: after ÷ before; medians of %d and %d runs. failed and 429: after − before.%n!: worse; (): not judged%n",
                before.runs().get(0).simulation(),
                before.runs().size(),
                after.runs().size()));
        String phase = "";
        String kind = "";
        for (Row row : comparison.rows()) {
            if (row.kind().isEmpty()) {
                continue;
            }
            if (!row.phase().equals(phase)) {
                phase = row.phase();
                kind = "";
                text.append(String.format("%n%n%-" + KIND_WIDTH + "s", phase));
                for (Measure measure : Measure.values()) {
                    text.append(padded(measure.label()));
                }
            }
            if (!row.kind().equals(kind)) {
                kind = row.kind();
                text.append(String.format("%n%-" + KIND_WIDTH + "s", kind));
            }
            text.append(padded(cell(row)));
        }
        figures(text.append(String.format("%n%n")));
        return verdict(text).toString();
    }

    private void figures(StringBuilder text) {
        for (Row row : comparison.rows()) {
            if (row.kind().isEmpty()) {
                text.append(String.format(
                        Locale.ROOT,
                        "%s: %s, was %s: %s%n",
                        row.what(),
                        number(row.after()),
                        number(row.before()),
                        cell(row)));
            }
        }
    }

    private StringBuilder verdict(StringBuilder text) {
        text.append(String.format("%n"));
        if (!comparison.alike()) {
            text.append(
                    String.format(
                            "The machine was busier on one side: the client itself stalled. Only CPU time and many failed calls count; repeat for the rest.%n"));
        }
        for (String kind : comparison.missing()) {
            text.append(String.format("worse: %s: no good answers any more%n", kind));
        }
        for (Row row : comparison.rows()) {
            if (row.verdict() == Verdict.WORSE) {
                text.append(String.format(
                        Locale.ROOT,
                        "worse: %s%s: %s, was %s; limit %s%n",
                        row.kind().isEmpty() ? "" : row.phase() + ", " + row.kind() + ", ",
                        row.what(),
                        number(row.after()),
                        number(row.before()),
                        number(row.limit())));
            }
        }
        return text.append(String.format(comparison.regressed() ? "REGRESSION%n" : "no regression%n"));
    }

    private static String cell(Row row) {
        boolean share = row.what().equals(Measure.FAILED.label()) || row.what().equals(Measure.SHED.label());
        String change = Double.isNaN(row.change())
                ? "-"
                : share
                        ? String.format(Locale.ROOT, "%+.2f%%", row.change() * 100)
                        : String.format(Locale.ROOT, "%.2f", row.change());
        return switch (row.verdict()) {
            case SAME -> change;
            case WORSE -> change + "!";
            case UNJUDGED -> "(" + change + ")";
        };
    }

    private static String padded(String text) {
        return String.format("%" + CELL_WIDTH + "s", text);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    /** The same, every number with what it was held against. */
    String json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        json.put("simulation", before.runs().get(0).simulation());
        json.put("regressed", comparison.regressed());
        json.put("alike", comparison.alike());
        json.putObject("runs")
                .put("before", before.runs().size())
                .put("after", after.runs().size());
        ArrayNode missing = json.putArray("missing");
        comparison.missing().forEach(missing::add);
        ArrayNode rows = json.putArray("rows");
        for (Row row : comparison.rows()) {
            Map<String, Double> numbers = new LinkedHashMap<>();
            numbers.put("before", row.before());
            numbers.put("after", row.after());
            numbers.put("change", row.change());
            numbers.put("limit", row.limit());
            ObjectNode out = rows.addObject();
            if (!row.kind().isEmpty()) {
                out.put("phase", row.phase()).put("kind", row.kind());
            }
            out.put("what", row.what());
            numbers.forEach((name, number) -> {
                if (!Double.isNaN(number)) {
                    out.put(name, number);
                }
            });
            out.put("verdict", row.verdict().name().toLowerCase(Locale.ROOT));
        }
        return json.toPrettyString();
    }
}
