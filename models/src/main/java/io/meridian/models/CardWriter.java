package io.meridian.models;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes {@code model.yaml}. What each field means is said in the folder's README. */
final class CardWriter {
    private final StringBuilder out = new StringBuilder();

    private CardWriter() {}

    /**
     * @param training what the model was made of and how; written in order
     * @param metrics on the held-out rows; written in order
     * @param parity how far the export is from LightGBM; written in order
     */
    static String write(
            Plan plan,
            String sha256,
            Map<String, Object> training,
            Map<String, Object> metrics,
            Map<String, Object> parity,
            List<Distribution> features,
            Distribution score) {
        CardWriter card = new CardWriter();
        card.contract(plan, sha256);
        card.section("training", training);
        card.section("metrics", metrics);
        card.section("parity", parity);
        card.line("reference:");
        card.line("  features:");
        features.forEach(distribution -> card.distribution("    ", distribution));
        card.line("  score:");
        card.distribution("    ", score);
        return card.out.toString();
    }

    private void contract(Plan plan, String sha256) {
        line(
                "# Written by the trainer; see the README two folders up. Edit Plans.java and train again instead of editing this.");
        line("name: " + plan.name());
        line("version: \"" + plan.version() + "\"");
        line("kind: " + plan.kind());
        line("score: " + plan.score());
        line("description: \"" + plan.description() + "\"");
        line("file: model.onnx");
        line("sha256: \"" + sha256 + "\"");
        line("opset: { \"ai.onnx\": " + OnnxExport.OPSET + ", \"ai.onnx.ml\": " + OnnxExport.OPSET_ML + " }");
        line("input: { name: " + OnnxExport.INPUT + ", type: float32, width: "
                + plan.features().size() + " }");
        line("output: { name: " + OnnxExport.OUTPUT + ", type: float32, column: 0, columns: 1 }");
        line("purposes: [SELECT_CONTENT]");
        line("confidence: { threshold: " + plan.confidenceThreshold() + " }");
        line("features:");
        plan.features().forEach(feature -> line("  - " + feature(feature)));
    }

    private static String feature(FeatureSpec feature) {
        StringBuilder text = new StringBuilder("{ name: " + feature.name() + ", from: " + feature.from()
                + ", transform: " + feature.transform().cardName());
        if (!feature.values().isEmpty()) {
            text.append(", values: [")
                    .append(String.join(", ", feature.values()))
                    .append(']');
        }
        if (!feature.value().isEmpty()) {
            text.append(", value: ").append(feature.value());
        }
        if (!feature.cardDefault().isEmpty()) {
            text.append(", default: ").append(feature.cardDefault());
        }
        if (Double.isFinite(feature.high())) {
            text.append(", clip: [")
                    .append(number(feature.low()))
                    .append(", ")
                    .append(number(feature.high()))
                    .append(']');
        }
        return text.append(" }").toString();
    }

    private void section(String name, Map<String, Object> fields) {
        line(name + ":");
        fields.forEach((field, value) ->
                line("  " + field + ": " + (value instanceof Double number ? number(number) : value)));
    }

    private void distribution(String indent, Distribution distribution) {
        line(indent + "- { name: " + distribution.name() + ", bounds: " + numbers(distribution.bounds()) + ", shares: "
                + numbers(distribution.shares()) + " }");
    }

    private static String numbers(List<Double> values) {
        return values.stream().map(CardWriter::number).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Up to six decimals, or scientific for what they would round away. */
    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return Long.toString((long) value);
        }
        return Math.abs(value) < 1e-4
                ? String.format(Locale.ROOT, "%.2e", value)
                : String.format(Locale.ROOT, "%.6f", value).replaceAll("0+$", "");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
