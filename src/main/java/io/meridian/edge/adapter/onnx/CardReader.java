package io.meridian.edge.adapter.onnx;

import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.scoring.Distribution;
import io.meridian.edge.core.scoring.Feature;
import io.meridian.edge.core.scoring.ModelCard;
import io.meridian.edge.core.scoring.Transform;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code model.yaml}: types, required and unknown fields. What the fields mean together is checked where it is used. */
final class CardReader {
    /** More features than this would make a batch's input buffer larger than a megabyte per thread. */
    static final int MAX_FEATURES = 256;

    private static final Set<String> FIELDS = ordered(
            "name",
            "version",
            "kind",
            "score",
            "description",
            "file",
            "sha256",
            "opset",
            "input",
            "output",
            "purposes",
            "confidence",
            "features",
            "training",
            "metrics",
            "parity",
            "reference");
    private static final Set<String> INPUT_FIELDS = ordered("name", "type", "width");
    private static final Set<String> OUTPUT_FIELDS = ordered("name", "type", "column", "columns");
    private static final Set<String> FEATURE_FIELDS =
            ordered("name", "from", "transform", "default", "clip", "values", "value");
    private static final Set<String> DISTRIBUTION_FIELDS = ordered("name", "bounds", "shares");

    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,62}");
    private static final Pattern SCORE = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final CardNode root;
    private final String ownSha256;
    private boolean failed;

    private CardReader(String file, String text, Consumer<ModelProblem> problems) throws BoundedYaml.Unreadable {
        Consumer<ModelProblem> noting = problem -> {
            failed = true;
            problems.accept(problem);
        };
        this.ownSha256 = sha256(text);
        this.root = new CardNode(file, "", BoundedYaml.compose(text), noting);
    }

    /** The card, or nothing after reporting every problem found. */
    static Optional<ModelCard> read(String file, String text, Consumer<ModelProblem> problems) {
        try {
            CardReader reader = new CardReader(file, text, problems);
            ModelCard card = reader.card();
            return reader.failed ? Optional.empty() : Optional.of(card);
        } catch (BoundedYaml.Unreadable unreadable) {
            problems.accept(new ModelProblem(file, "", unreadable.line(), unreadable.column(), unreadable.problem()));
            return Optional.empty();
        }
    }

    private ModelCard card() {
        root.allowOnly(FIELDS);
        ModelCard.Input input = input(root.required("input"));
        CardNode reference = root.optional("reference");
        return new ModelCard(
                matching(root.required("name"), NAME),
                matching(root.required("version"), VERSION),
                kind(root.required("kind")),
                matching(root.required("score"), SCORE),
                matching(root.required("file"), VERSION),
                matching(root.required("sha256"), SHA256),
                ownSha256,
                opset(root.required("opset")),
                input,
                output(root.required("output")),
                purposes(root.required("purposes")),
                threshold(root.required("confidence")),
                features(root.required("features")),
                distributions(reference == null ? null : reference.optional("features")),
                distributions(reference == null ? null : reference.optional("score")));
    }

    /** Of the text's bytes: strictly decoded UTF-8 encodes to what it was read from. */
    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String matching(@Nullable CardNode node, Pattern pattern) {
        if (node == null) {
            return "";
        }
        String text = node.text();
        if (!text.isEmpty() && !pattern.matcher(text).matches()) {
            node.problem("must match " + pattern);
        }
        return text;
    }

    private static ModelCard.Kind kind(@Nullable CardNode node) {
        if (node == null) {
            return ModelCard.Kind.SUBJECT;
        }
        String text = node.text();
        for (ModelCard.Kind kind : ModelCard.Kind.values()) {
            if (kind.cardName().equals(text)) {
                return kind;
            }
        }
        node.problem("must be candidate or subject");
        return ModelCard.Kind.SUBJECT;
    }

    private static Map<String, Integer> opset(@Nullable CardNode node) {
        Map<String, Integer> opset = new LinkedHashMap<>();
        if (node == null) {
            return opset;
        }
        for (String domain : node.keys()) {
            CardNode version = node.required(domain);
            if (version != null) {
                opset.put(domain, version.integer(1, 1_000));
            }
        }
        if (opset.isEmpty()) {
            node.problem("must map each operator domain to its version, such as {\"ai.onnx\": 15, \"ai.onnx.ml\": 3}");
        }
        return opset;
    }

    private static ModelCard.Input input(@Nullable CardNode node) {
        if (node == null) {
            return new ModelCard.Input("", 1);
        }
        node.allowOnly(INPUT_FIELDS);
        floatType(node.required("type"));
        return new ModelCard.Input(
                textOrEmpty(node.required("name")), integer(node.required("width"), 1, MAX_FEATURES));
    }

    private static ModelCard.Output output(@Nullable CardNode node) {
        if (node == null) {
            return new ModelCard.Output("", 0, 1);
        }
        node.allowOnly(OUTPUT_FIELDS);
        floatType(node.required("type"));
        int columns = integer(node.required("columns"), 1, 64);
        return new ModelCard.Output(
                textOrEmpty(node.required("name")), integer(node.required("column"), 0, columns - 1), columns);
    }

    private static void floatType(@Nullable CardNode node) {
        if (node != null && !node.text().equals("float32")) {
            node.problem("must be float32");
        }
    }

    private static int purposes(@Nullable CardNode node) {
        if (node == null) {
            return 0;
        }
        int mask = 0;
        for (CardNode item : node.items()) {
            String name = item.text();
            int before = mask;
            for (Purpose purpose : Purpose.values()) {
                if (purpose.name().equals(name)) {
                    mask |= purpose.bit();
                }
            }
            if (mask == before) {
                item.problem("is no purpose, or is there twice; purposes are " + List.of(Purpose.values()));
            }
        }
        if (mask == 0) {
            node.problem("must name at least one purpose");
        }
        return mask;
    }

    private static double threshold(@Nullable CardNode node) {
        if (node == null) {
            return 0;
        }
        node.allowOnly(ordered("threshold"));
        CardNode threshold = node.required("threshold");
        double value = threshold == null ? 0 : threshold.number();
        if (threshold != null && (value < 0 || value > 1)) {
            threshold.problem("must be from 0 to 1");
        }
        return value;
    }

    private static List<Feature> features(@Nullable CardNode node) {
        List<Feature> features = new ArrayList<>();
        if (node == null) {
            return features;
        }
        List<CardNode> items = node.items();
        if (items.isEmpty() || items.size() > MAX_FEATURES) {
            node.problem("must list 1 to " + MAX_FEATURES + " features");
            return features;
        }
        for (CardNode item : items) {
            features.add(feature(item));
        }
        return features;
    }

    private static Feature feature(CardNode node) {
        node.allowOnly(FEATURE_FIELDS);
        CardNode fallback = node.optional("default");
        CardNode clip = node.optional("clip");
        CardNode value = node.optional("value");
        List<String> values = new ArrayList<>();
        CardNode listed = node.optional("values");
        if (listed != null) {
            for (CardNode item : listed.items()) {
                values.add(item.text());
            }
        }
        return new Feature(
                textOrEmpty(node.required("name")),
                textOrEmpty(node.required("from")),
                transform(node.required("transform")),
                fallback == null ? null : fallback.literal(),
                clip == null ? null : clip(clip),
                values,
                value == null ? null : value.text());
    }

    private static Feature.Clip clip(CardNode node) {
        List<CardNode> bounds = node.items();
        if (bounds.size() != 2) {
            node.problem("must be two numbers: [lowest, highest]");
            return new Feature.Clip(0, 1);
        }
        return new Feature.Clip(bounds.get(0).number(), bounds.get(1).number());
    }

    private static Transform transform(@Nullable CardNode node) {
        if (node == null) {
            return Transform.IDENTITY;
        }
        String text = node.text();
        List<String> names = new ArrayList<>();
        for (Transform transform : Transform.values()) {
            if (transform.cardName().equals(text)) {
                return transform;
            }
            names.add(transform.cardName());
        }
        node.problem("must be one of " + String.join(", ", names));
        return Transform.IDENTITY;
    }

    private static List<Distribution> distributions(@Nullable CardNode node) {
        List<Distribution> distributions = new ArrayList<>();
        if (node == null) {
            return distributions;
        }
        for (CardNode item : node.items()) {
            item.allowOnly(DISTRIBUTION_FIELDS);
            try {
                distributions.add(new Distribution(
                        textOrEmpty(item.required("name")),
                        numbers(item.required("bounds")),
                        numbers(item.required("shares"))));
            } catch (IllegalArgumentException misshapen) {
                item.problem(String.valueOf(misshapen.getMessage()));
            }
        }
        return distributions;
    }

    private static List<Double> numbers(@Nullable CardNode node) {
        List<Double> numbers = new ArrayList<>();
        if (node != null) {
            for (CardNode item : node.items()) {
                numbers.add(item.number());
            }
        }
        return numbers;
    }

    private static String textOrEmpty(@Nullable CardNode node) {
        return node == null ? "" : node.text();
    }

    private static int integer(@Nullable CardNode node, int from, int to) {
        return node == null ? from : node.integer(from, to);
    }

    private static Set<String> ordered(String... names) {
        return new LinkedHashSet<>(List.of(names));
    }
}
