package io.meridian.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of facts with an outcome, column by column.
 *
 * <p>Every value is a double, NaN for "the customer has no such value": a number itself, a flag as 0 or 1, a text as its
 * index in the column's vocabulary, a list as a bit set of such indices (at most 52, so that a double holds it).
 */
final class Table {
    private static final int MAX_LIST_VALUES = 52;

    /** One fact of all rows. */
    static final class Column {
        private final String name;
        private final Kind kind;
        private final List<String> vocabulary = new ArrayList<>();
        private final Map<String, Integer> codes = new LinkedHashMap<>();
        private double[] values = new double[1024];

        private Column(String name, Kind kind) {
            this.name = name;
            this.kind = kind;
        }

        String name() {
            return name;
        }

        Kind kind() {
            return kind;
        }

        double at(int row) {
            return values[row];
        }

        /** The text's code, a new one if it is new. */
        int code(String text) {
            Integer code = codes.get(text);
            if (code == null) {
                code = vocabulary.size();
                if (kind == Kind.TEXTS && code >= MAX_LIST_VALUES) {
                    throw new IllegalArgumentException(
                            name + " has more than " + MAX_LIST_VALUES + " different values");
                }
                codes.put(text, code);
                vocabulary.add(text);
            }
            return code;
        }

        /** The text's code, or -1. */
        int codeIfKnown(String text) {
            return codes.getOrDefault(text, -1);
        }

        String text(int code) {
            return vocabulary.get(code);
        }

        int vocabularySize() {
            return vocabulary.size();
        }

        private void set(int row, double value) {
            if (row >= values.length) {
                values = Arrays.copyOf(values, values.length * 2);
            }
            values[row] = value;
        }
    }

    private final Map<String, Column> columns = new LinkedHashMap<>();
    private long[] groups = new long[1024];
    private float[] labels = new float[1024];
    private double[] probabilities = new double[1024];
    private int rows;

    /** A table of these attributes, each known to {@link Attributes}. */
    Table(List<String> names) {
        for (String name : names) {
            columns.put(name, new Column(name, Attributes.kindOf(name)));
        }
    }

    int rows() {
        return rows;
    }

    List<Column> columns() {
        return List.copyOf(columns.values());
    }

    Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("the rows have no column " + name);
        }
        return column;
    }

    /** Rows of one group (a customer) stay together when rows are split. */
    long group(int row) {
        return groups[row];
    }

    /** 1 if it happened, else 0. */
    float label(int row) {
        return labels[row];
    }

    /** The probability the label was drawn with, or NaN if nobody knows it. */
    double probability(int row) {
        return probabilities[row];
    }

    /** Begins a row with every value absent. */
    void begin() {
        if (rows == groups.length) {
            groups = Arrays.copyOf(groups, rows * 2);
            labels = Arrays.copyOf(labels, rows * 2);
            probabilities = Arrays.copyOf(probabilities, rows * 2);
        }
        for (Column column : columns.values()) {
            column.set(rows, Double.NaN);
        }
    }

    /** Sets a number of the row begun; ignored if the table has no such column. */
    void number(String name, double value) {
        Column column = columns.get(name);
        if (column != null) {
            column.set(rows, value);
        }
    }

    void flag(String name, boolean value) {
        number(name, value ? 1 : 0);
    }

    void text(String name, String value) {
        Column column = columns.get(name);
        if (column != null) {
            column.set(rows, column.code(value));
        }
    }

    void texts(String name, List<String> values) {
        Column column = columns.get(name);
        if (column != null) {
            long members = 0;
            for (String value : values) {
                members |= 1L << column.code(value);
            }
            column.set(rows, members);
        }
    }

    /** Ends the row begun. */
    void end(long group, boolean label, double probability) {
        groups[rows] = group;
        labels[rows] = label ? 1 : 0;
        probabilities[rows] = probability;
        rows++;
    }
}
