package io.meridian.models;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Rows as comma-separated UTF-8: a header of {@code group}, attributes and {@code label}, in any order; see {@code data-format.md}.
 *
 * <p>No quoting: no attribute's values contain a comma. An empty cell is an absent value, a list is separated by {@code |}.
 */
final class Csv {
    private static final String GROUP = "group";
    private static final String LABEL = "label";

    private Csv() {}

    /** Reads the rows; the columns must include those wanted. Throws with the line's number for anything malformed. */
    static Table read(Path file, List<String> wanted) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String header = reader.readLine();
            if (header == null) {
                throw new IllegalArgumentException(file + " is empty");
            }
            List<String> names = List.of(header.split(",", -1));
            List<String> attributes = new ArrayList<>(names);
            if (!attributes.remove(GROUP) || !attributes.remove(LABEL) || !attributes.containsAll(wanted)) {
                List<String> missing = new ArrayList<>(wanted);
                missing.addAll(List.of(GROUP, LABEL));
                missing.removeAll(names);
                throw new IllegalArgumentException(file + ":1: these columns are missing: " + missing);
            }
            Table table = new Table(attributes);
            int number = 1;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                try {
                    row(table, names, line.split(",", -1));
                } catch (IllegalArgumentException malformed) {
                    throw new IllegalArgumentException(file + ":" + number + ": " + malformed.getMessage(), malformed);
                }
            }
            return table;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void row(Table table, List<String> names, String[] cells) {
        if (cells.length != names.size()) {
            throw new IllegalArgumentException(cells.length + " cells, the header has " + names.size());
        }
        table.begin();
        long group = 0;
        boolean label = false;
        for (int i = 0; i < cells.length; i++) {
            String cell = cells[i];
            switch (names.get(i)) {
                case GROUP -> group = Long.parseLong(cell);
                case LABEL -> label = flag(cell);
                default -> {
                    if (!cell.isEmpty()) {
                        cell(table, names.get(i), cell);
                    }
                }
            }
        }
        table.end(group, label, Double.NaN);
    }

    private static void cell(Table table, String name, String cell) {
        switch (Attributes.kindOf(name)) {
            case NUMBER -> {
                double value = Double.parseDouble(cell);
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException(name + " must be finite");
                }
                table.number(name, value);
            }
            case FLAG -> table.flag(name, flag(cell));
            case TEXT -> table.text(name, cell);
            case TEXTS -> table.texts(name, Arrays.asList(cell.split("\\|")));
        }
    }

    private static boolean flag(String cell) {
        return switch (cell) {
            case "1", "true" -> true;
            case "0", "false" -> false;
            default -> throw new IllegalArgumentException("'" + cell + "' is not 0, 1, true or false");
        };
    }

    /**
     * Writes rows in the form {@link #read} takes, with one more column if scores are given.
     *
     * @param scores one per row written, under the name {@code score}; empty for none
     */
    static void write(Path file, Table table, int[] rows, double[] scores) {
        try (Writer writer = Files.newBufferedWriter(file)) {
            writer.write(GROUP);
            for (Table.Column column : table.columns()) {
                writer.write("," + column.name());
            }
            writer.write("," + LABEL + (scores.length > 0 ? ",score" : "") + "\n");
            for (int i = 0; i < rows.length; i++) {
                writer.write(Long.toString(table.group(rows[i])));
                for (Table.Column column : table.columns()) {
                    writer.write("," + cell(column, column.at(rows[i])));
                }
                writer.write("," + (int) table.label(rows[i]));
                writer.write(scores.length > 0 ? String.format(Locale.ROOT, ",%.9f%n", scores[i]) : "\n");
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String cell(Table.Column column, double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return switch (column.kind()) {
            case NUMBER -> value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
            case FLAG -> value == 1 ? "true" : "false";
            case TEXT -> column.text((int) value);
            case TEXTS -> {
                List<String> members = new ArrayList<>();
                for (int code = 0; code < column.vocabularySize(); code++) {
                    if (((long) value >> code & 1) == 1) {
                        members.add(column.text(code));
                    }
                }
                yield String.join("|", members);
            }
        };
    }
}
