package io.meridian.edge.adapter.onnx;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.meridian.edge.adapter.config.ModelCardFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** A copy of the trained models that a test may spoil. */
record ModelFolder(Path root) {
    /** The trained models as committed. */
    static final Path TRAINED = Path.of("models");

    static final String PROPENSITY = "purchase-propensity";
    static final String CHURN = "churn-risk";
    static final Map<String, String> VERSIONS = Map.of(PROPENSITY, "1", CHURN, "1");

    /** Copies cards and graphs of both models. */
    static ModelFolder copy(Path root) throws IOException {
        for (String name : VERSIONS.keySet()) {
            Path folder = Files.createDirectories(root.resolve(name).resolve("1"));
            for (String file : new String[] {"model.yaml", "model.onnx"}) {
                Files.copy(TRAINED.resolve(name).resolve("1").resolve(file), folder.resolve(file));
            }
        }
        return new ModelFolder(root);
    }

    /** What comes of loading both models. */
    OnnxModels.Outcome load() {
        return load(root, VERSIONS);
    }

    /** What comes of loading these models of a folder, whose cards are as they should be. */
    static OnnxModels.Outcome load(Path root, Map<String, String> versions) {
        ModelCardFiles.Outcome cards = ModelCardFiles.read(root, versions);
        return OnnxModels.load(
                root,
                assertInstanceOf(ModelCardFiles.Outcome.Read.class, cards, cards::toString)
                        .cards());
    }

    Path card(String name) {
        return root.resolve(name).resolve("1").resolve("model.yaml");
    }

    Path graph(String name) {
        return root.resolve(name).resolve("1").resolve("model.onnx");
    }

    /** Replaces text in a card; it must be there. */
    void edit(String name, String what, String with) throws IOException {
        String text = Files.readString(card(name));
        if (!text.contains(what)) {
            throw new IllegalArgumentException("the card of " + name + " has no '" + what + "'");
        }
        Files.writeString(card(name), text.replace(what, with));
    }

    /** Replaces the graph, and the digest in the card with it. */
    void replaceGraph(String name, byte[] graph) throws IOException {
        Files.write(graph(name), graph);
        Files.writeString(
                card(name),
                Files.readString(card(name))
                        .replaceFirst("sha256: \"[0-9a-f]{64}\"", "sha256: \"" + sha256(graph) + "\""));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
