package io.meridian.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Trains models: the whole way, top to bottom. */
public final class Train {
    /** An export that differs more from LightGBM is refused: nothing but rounding may differ. */
    static final double MAX_DIFFERENCE = 1e-5;

    private static final int PARITY_ROWS = 5_000;
    private static final int EXAMPLES = 200;

    private Train() {}

    /** {@link Options#USAGE} says what it takes. Exits with 1 if a model could not be made, with 2 on wrong usage. */
    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        List<Plan> plans;
        Options options;
        try {
            options = Options.parse(arguments);
            plans = Plans.all().stream()
                    .filter(plan ->
                            options.models().isEmpty() || options.models().contains(plan.name()))
                    .toList();
            if (plans.size() < Math.max(1, options.models().size())) {
                throw new IllegalArgumentException("there is no model called one of " + options.models());
            }
        } catch (IllegalArgumentException | DateTimeParseException wrong) {
            System.err.println(wrong.getMessage() + "\n\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        for (Plan plan : plans) {
            System.out.print(train(plan, options));
        }
    }

    /** Trains one model, writes its folder and returns a report. Throws if the export does not agree with LightGBM. */
    static String train(Plan plan, Options options) {
        Table table = options.csv() != null
                ? Csv.read(options.csv(), plan.attributes())
                : plan.simulator().apply(options.customers(), options.seed());
        if (options.writeCsv() != null) {
            Csv.write(
                    options.writeCsv(), table, IntStream.range(0, table.rows()).toArray(), new double[0]);
        }
        Split split = Split.of(table, options.seed());
        int width = plan.features().size();
        float[] trainingRows = FeatureSpec.encode(plan.features(), table, split.training());
        float[] trainingLabels = labels(table, split.training());
        float[] testRows = FeatureSpec.encode(plan.features(), table, split.test());
        float[] testLabels = labels(table, split.test());

        try (Boosting boosting = Boosting.train(
                trainingRows,
                trainingLabels,
                FeatureSpec.encode(plan.features(), table, split.validation()),
                labels(table, split.validation()),
                width,
                plan.boosting(),
                plan.maxTrees())) {
            Forest forest = Forest.parse(boosting.text());
            byte[] model = OnnxExport.export(forest, plan.name(), width);
            double[] predicted = boosting.predict(testRows, testLabels.length);

            Map<String, Object> parity = parity(model, testRows, predicted, width);
            Map<String, Object> metrics = metrics(
                    predicted,
                    LogisticBaseline.train(trainingRows, trainingLabels, width).predict(testRows, testLabels.length),
                    trueProbabilities(table, split.test()),
                    testLabels);
            Map<String, Object> training = training(plan, options, table, split, forest);
            String card = CardWriter.write(
                    plan,
                    sha256(model),
                    training,
                    metrics,
                    parity,
                    references(plan, trainingRows, width),
                    Distribution.of(
                            plan.score(), floats(boosting.predict(trainingRows, trainingLabels.length)), false));
            write(plan, options, model, card, table, split, predicted);
            return report(plan, training, metrics, parity, model.length);
        }
    }

    private static Map<String, Object> parity(byte[] model, float[] rows, double[] expected, int width) {
        int count = Math.min(PARITY_ROWS, expected.length);
        float[] actual = OnnxRun.predict(model, Arrays.copyOf(rows, count * width), count);
        double worst = 0;
        for (int i = 0; i < count; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        if (!(worst < MAX_DIFFERENCE)) {
            throw new IllegalStateException("the export differs from LightGBM by " + worst);
        }
        Map<String, Object> parity = new LinkedHashMap<>();
        parity.put("rows", count);
        parity.put("max_abs_difference", worst);
        return parity;
    }

    private static Map<String, Object> metrics(double[] predicted, double[] baseline, double[] truth, float[] labels) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("rows", labels.length);
        metrics.put("base_rate", mean(labels));
        put(metrics, "", Metrics.of(predicted, labels));
        put(metrics, "baseline_logistic_", Metrics.of(baseline, labels));
        if (!Double.isNaN(truth[0])) {
            put(metrics, "best_possible_", Metrics.of(truth, labels));
        }
        return metrics;
    }

    private static void put(Map<String, Object> into, String prefix, Metrics metrics) {
        into.put(prefix + "auc", metrics.auc());
        into.put(prefix + "logloss", metrics.logLoss());
        into.put(prefix + "brier", metrics.brier());
        into.put(prefix + "calibration_error", metrics.calibrationError());
    }

    private static Map<String, Object> training(Plan plan, Options options, Table table, Split split, Forest forest) {
        Map<String, Object> training = new LinkedHashMap<>();
        training.put(
                "source",
                options.csv() == null ? "simulated" : "\"" + options.csv().getFileName() + "\"");
        training.put("seed", options.seed());
        if (!options.from().isEmpty()) {
            training.put("from", "\"" + options.from() + "\"");
        }
        if (!options.until().isEmpty()) {
            training.put("until", "\"" + options.until() + "\"");
        }
        training.put("rows", table.rows());
        training.put("training_rows", split.training().length);
        training.put("validation_rows", split.validation().length);
        training.put("label", "\"" + plan.label() + "\"");
        training.put("algorithm", "\"gradient boosted trees (LightGBM 4.3.0)\"");
        training.put("trees", forest.trees().size());
        training.put(
                "leaves",
                forest.trees().stream().mapToInt(tree -> tree.leaves().length).sum());
        training.put("parameters", "\"" + plan.boosting() + "\"");
        return training;
    }

    private static List<Distribution> references(Plan plan, float[] rows, int width) {
        return IntStream.range(0, width)
                .mapToObj(column -> {
                    float[] values = new float[rows.length / width];
                    for (int row = 0; row < values.length; row++) {
                        values[row] = rows[row * width + column];
                    }
                    FeatureSpec feature = plan.features().get(column);
                    return Distribution.of(feature.name(), values, feature.discrete());
                })
                .toList();
    }

    private static void write(
            Plan plan, Options options, byte[] model, String card, Table table, Split split, double[] predicted) {
        Path folder = options.output().resolve(plan.name()).resolve(plan.version());
        int examples = Math.min(EXAMPLES, predicted.length);
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("model.onnx"), model);
            Files.writeString(folder.resolve("model.yaml"), card);
            Csv.write(
                    folder.resolve("examples.csv"),
                    table,
                    Arrays.copyOf(split.test(), examples),
                    Arrays.copyOf(predicted, examples));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String report(
            Plan plan,
            Map<String, Object> training,
            Map<String, Object> metrics,
            Map<String, Object> parity,
            int bytes) {
        StringBuilder report = new StringBuilder(plan.name() + "/" + plan.version() + ": " + training.get("trees")
                + " trees, " + training.get("leaves") + " leaves, " + bytes + " bytes\n");
        report.append(String.format(
                Locale.ROOT, "  %-16s %8s %8s %8s %12s%n", "held-out rows", "AUC", "log loss", "Brier", "calibration"));
        for (String prefix : List.of("", "baseline_logistic_", "best_possible_")) {
            if (metrics.containsKey(prefix + "auc")) {
                report.append(String.format(
                        Locale.ROOT,
                        "  %-16s %8.4f %8.4f %8.4f %12.5f%n",
                        prefix.isEmpty()
                                ? "this model"
                                : prefix.equals("best_possible_") ? "best possible" : "logistic",
                        metrics.get(prefix + "auc"),
                        metrics.get(prefix + "logloss"),
                        metrics.get(prefix + "brier"),
                        metrics.get(prefix + "calibration_error")));
            }
        }
        return report.append(String.format(
                        Locale.ROOT,
                        "  base rate %.4f on %d rows; export differs from LightGBM by at most %.2e on %d rows%n",
                        metrics.get("base_rate"),
                        metrics.get("rows"),
                        parity.get("max_abs_difference"),
                        parity.get("rows")))
                .toString();
    }

    private static float[] labels(Table table, int[] rows) {
        float[] labels = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = table.label(rows[i]);
        }
        return labels;
    }

    private static double[] trueProbabilities(Table table, int[] rows) {
        return Arrays.stream(rows).mapToDouble(table::probability).toArray();
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static float[] floats(double[] values) {
        float[] narrowed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrowed[i] = (float) values[i];
        }
        return narrowed;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
