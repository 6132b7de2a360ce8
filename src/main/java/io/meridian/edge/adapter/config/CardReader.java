package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.YamlNode.Entry;
import io.meridian.edge.adapter.config.YamlNode.Scalar;
import io.meridian.edge.adapter.config.YamlNode.ScalarType;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.scoring.Distribution;
import io.meridian.edge.core.scoring.Feature;
import io.meridian.edge.core.scoring.Literal;
import io.meridian.edge.core.scoring.ModelCard;
import io.meridian.edge.core.scoring.Transform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code model.yaml}: types, required and unknown fields. What the fields mean together is checked where it is used. */
final class CardReader {
    /** More features than this would make a batch's input buffer larger than a megabyte per thread. */
    static final int MAX_FEATURES = 256;

    private static final String DEFAULT = "default";
    private static final int MAX_COLUMNS = 64;
    private static final int MAX_OPSET = 1_000;
    private static final Map<String, Boolean> FLOAT = Map.of("float32", true);
    private static final Map<String, Purpose> PURPOSES = Words.upperCase(Purpose.class);
    private static final Map<String, ModelCard.Kind> KINDS = kinds();
    private static final Map<String, Transform> TRANSFORMS = transforms();

    private final Problems problems;

    CardReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * The card; null, with a problem, if anything is wrong with it.
     *
     * @param sha256 of the file's bytes, hex
     */
    @Nullable
    ModelCard read(Fields file, String sha256) {
        int before = problems.count();
        String name = word(file, "name", Format.ID);
        String version = word(file, "version", Format.VERSION);
        file.require("kind", "one of " + String.join(", ", KINDS.keySet()));
        ModelCard.Kind kind = file.choice("kind", KINDS);
        String score = word(file, "score", Format.NAME);
        String graph = word(file, "file", Format.FILE_NAME);
        String graphSha256 = word(file, "sha256", Format.SHA256);
        Map<String, Integer> opset = opset(required(file, "opset"));
        ModelCard.Input input = input(required(file, "input"));
        ModelCard.Output output = output(required(file, "output"));
        int purposes = purposes(file);
        double threshold = threshold(required(file, "confidence"));
        List<Feature> features = features(file);
        Fields reference = file.child("reference");
        List<Distribution> featureReference = reference == null ? List.of() : distributions(reference, "features");
        List<Distribution> scoreReference = reference == null ? List.of() : distributions(reference, "score");
        if (reference != null) {
            reference.end();
        }
        file.text("description", "");
        // What the trainer tells people about its work.
        List.of("training", "metrics", "parity").forEach(file::node);
        file.end();
        return problems.count() > before || kind == null
                ? null
                : new ModelCard(
                        name,
                        version,
                        kind,
                        score,
                        graph,
                        graphSha256,
                        sha256,
                        opset,
                        input,
                        output,
                        purposes,
                        threshold,
                        features,
                        featureReference,
                        scoreReference);
    }

    private static @Nullable Fields required(Fields fields, String key) {
        fields.require(key, "a mapping");
        return fields.child(key);
    }

    private static String word(Fields fields, String key, Format format) {
        Located<String> word = fields.requiredWord(key, format);
        return word == null ? "" : word.value();
    }

    private static int whole(Fields fields, String key, int low, int high) {
        fields.require(key, "a whole number from " + low + " to " + high);
        Located<Integer> number = fields.whole(key, low, high);
        return number == null ? low : number.value();
    }

    private Map<String, Integer> opset(@Nullable Fields fields) {
        Map<String, Integer> opset = new LinkedHashMap<>();
        if (fields == null) {
            return opset;
        }
        for (Entry entry : fields.entries()) {
            opset.put(entry.key(), whole(fields, entry.key(), 1, MAX_OPSET));
        }
        if (opset.isEmpty()) {
            problems.add(
                    fields.where(),
                    "missing-value",
                    "no operator set is named",
                    "write each domain with its version, such as {\"ai.onnx\": 15, \"ai.onnx.ml\": 3}");
        }
        return opset;
    }

    private static ModelCard.Input input(@Nullable Fields fields) {
        if (fields == null) {
            return new ModelCard.Input("", 1);
        }
        String name = word(fields, "name", Format.WORD);
        floatType(fields);
        ModelCard.Input input = new ModelCard.Input(name, whole(fields, "width", 1, MAX_FEATURES));
        fields.end();
        return input;
    }

    private static ModelCard.Output output(@Nullable Fields fields) {
        if (fields == null) {
            return new ModelCard.Output("", 0, 1);
        }
        String name = word(fields, "name", Format.WORD);
        floatType(fields);
        int columns = whole(fields, "columns", 1, MAX_COLUMNS);
        ModelCard.Output output = new ModelCard.Output(name, whole(fields, "column", 0, columns - 1), columns);
        fields.end();
        return output;
    }

    private static void floatType(Fields fields) {
        fields.require("type", "float32");
        fields.choice("type", FLOAT);
    }

    private int purposes(Fields file) {
        file.require("purposes", "what it may be used for: a list of " + String.join(", ", PURPOSES.keySet()));
        file.nonEmpty("purposes", "name what it may be used for");
        int mask = 0;
        for (YamlNode item : file.list("purposes")) {
            Purpose purpose = file.choice(item, PURPOSES);
            if (purpose != null && purpose.in(mask)) {
                problems.add(item.where(), "duplicate", purpose + " is there twice", "keep one of the two");
            }
            mask |= purpose == null ? 0 : purpose.bit();
        }
        return mask;
    }

    private static double threshold(@Nullable Fields fields) {
        if (fields == null) {
            return 0;
        }
        fields.require("threshold", "a number from 0 to 1");
        Located<Double> threshold = fields.number("threshold", 0, 1);
        fields.end();
        return threshold == null ? 0 : threshold.value();
    }

    private List<Feature> features(Fields file) {
        file.require("features", "a list of 1 to " + MAX_FEATURES);
        file.nonEmpty("features", "list 1 to " + MAX_FEATURES);
        List<YamlNode> items = file.list("features");
        if (items.size() > MAX_FEATURES) {
            problems.add(
                    file.where("features"),
                    "too-large",
                    "there are " + items.size() + " features",
                    "at most " + MAX_FEATURES);
            return List.of();
        }
        List<Feature> features = new ArrayList<>();
        for (Fields fields : file.children("features")) {
            features.add(feature(fields));
        }
        return features;
    }

    private Feature feature(Fields fields) {
        fields.require("transform", "one of " + String.join(", ", TRANSFORMS.keySet()));
        Transform transform = fields.choice("transform", TRANSFORMS);
        Located<String> value = fields.word("value", Format.WORD);
        Feature feature = new Feature(
                word(fields, "name", Format.WORD),
                word(fields, "from", Format.WORD),
                transform == null ? Transform.IDENTITY : transform,
                literal(fields),
                clip(fields),
                fields.words("values", Format.WORD).stream().map(Located::value).toList(),
                value == null ? null : value.value());
        fields.end();
        return feature;
    }

    private Feature.@Nullable Clip clip(Fields fields) {
        if (!fields.has("clip")) {
            return null;
        }
        List<Double> bounds = numbers(fields, "clip");
        if (bounds.size() != 2) {
            problems.add(fields.where("clip"), "wrong-type", "these are not two numbers", "write [lowest, highest]");
            return null;
        }
        return new Feature.Clip(bounds.get(0), bounds.get(1));
    }

    private @Nullable Literal literal(Fields fields) {
        YamlNode node = fields.node(DEFAULT);
        if (node == null) {
            return null;
        }
        if (node instanceof Scalar scalar && scalar.type() != ScalarType.NULL) {
            return switch (scalar.type()) {
                case INT, FLOAT -> numeric(fields, scalar);
                case BOOL -> new Literal.Flag(scalar.text().equalsIgnoreCase("true"));
                case NULL, STRING -> new Literal.Text(scalar.text());
            };
        }
        problems.add(node.where(), "wrong-type", "this is " + node.kind(), "write a number, text, true or false");
        return null;
    }

    private static @Nullable Literal numeric(Fields fields, Scalar scalar) {
        Located<Double> number = fields.number(DEFAULT, scalar, -Double.MAX_VALUE, Double.MAX_VALUE);
        return number == null ? null : new Literal.Numeric(number.value());
    }

    private List<Distribution> distributions(Fields reference, String key) {
        List<Distribution> distributions = new ArrayList<>();
        for (Fields fields : reference.children(key)) {
            String name = word(fields, "name", Format.WORD);
            fields.require("bounds", "ascending numbers");
            fields.require("shares", "one number more than bounds");
            try {
                distributions.add(new Distribution(name, numbers(fields, "bounds"), numbers(fields, "shares")));
            } catch (IllegalArgumentException misshapen) {
                problems.add(fields.where(), "bad-format", String.valueOf(misshapen.getMessage()), "");
            }
            fields.end();
        }
        return distributions;
    }

    private static List<Double> numbers(Fields fields, String key) {
        List<Double> numbers = new ArrayList<>();
        for (YamlNode item : fields.list(key)) {
            Located<Double> number = fields.number(key, item, -Double.MAX_VALUE, Double.MAX_VALUE);
            if (number != null) {
                numbers.add(number.value());
            }
        }
        return numbers;
    }

    private static Map<String, ModelCard.Kind> kinds() {
        Map<String, ModelCard.Kind> kinds = new LinkedHashMap<>();
        for (ModelCard.Kind kind : ModelCard.Kind.values()) {
            kinds.put(kind.cardName(), kind);
        }
        return kinds;
    }

    private static Map<String, Transform> transforms() {
        Map<String, Transform> transforms = new LinkedHashMap<>();
        for (Transform transform : Transform.values()) {
            transforms.put(transform.cardName(), transform);
        }
        return transforms;
    }
}
