package io.meridian.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * LightGBM's trees, read from its text form.
 *
 * <p>Takes what the trainer produces and refuses the rest: numeric splits without missing values, constant leaves, one binary outcome.
 */
record Forest(List<Tree> trees) {
    /**
     * One tree. Children are inner nodes from 0, or leaves as -1 - leaf. A row goes left if its feature is at most the threshold. A
     * tree without splits has one leaf and empty arrays.
     */
    record Tree(int[] features, double[] thresholds, int[] left, int[] right, double[] leaves) {}

    /** LightGBM's decision types are bit sets: 1 categorical, 2 default left, 4 and 8 what counts as missing. */
    private static final int DEFAULT_LEFT = 2;

    static Forest parse(String text) {
        List<Tree> trees = new ArrayList<>();
        Map<String, String> fields = new HashMap<>();
        for (String line : text.split("\n")) {
            if (line.startsWith("Tree=") || line.equals("end of trees")) {
                if (trees.isEmpty() && !fields.containsKey("leaf_value")) {
                    checkHeader(fields);
                } else {
                    trees.add(tree(fields));
                }
                fields.clear();
                if (line.equals("end of trees")) {
                    return new Forest(trees);
                }
            }
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(line.substring(0, equals), line.substring(equals + 1).trim());
            }
        }
        throw new IllegalArgumentException("the model's text is cut off");
    }

    private static void checkHeader(Map<String, String> fields) {
        if (!"binary sigmoid:1".equals(fields.get("objective")) || !"1".equals(fields.get("num_tree_per_iteration"))) {
            throw new IllegalArgumentException("only the binary objective with sigmoid 1 is exported");
        }
    }

    private static Tree tree(Map<String, String> fields) {
        if (!"0".equals(fields.get("num_cat")) || !"0".equals(fields.getOrDefault("is_linear", "0"))) {
            throw new IllegalArgumentException("categorical splits and linear leaves are not exported");
        }
        double[] leaves = doubles(fields.get("leaf_value"));
        if (leaves.length == 1) {
            return new Tree(new int[0], new double[0], new int[0], new int[0], leaves);
        }
        for (int type : integers(fields.get("decision_type"))) {
            if ((type & ~DEFAULT_LEFT) != 0) {
                throw new IllegalArgumentException("splits on missing values are not exported: decision type " + type);
            }
        }
        return new Tree(
                integers(fields.get("split_feature")),
                doubles(fields.get("threshold")),
                integers(fields.get("left_child")),
                integers(fields.get("right_child")),
                leaves);
    }

    private static int[] integers(String text) {
        String[] parts = text.split(" ");
        int[] values = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = Integer.parseInt(parts[i]);
        }
        return values;
    }

    private static double[] doubles(String text) {
        String[] parts = text.split(" ");
        double[] values = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = Double.parseDouble(parts[i]);
        }
        return values;
    }
}
