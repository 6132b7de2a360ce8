package io.meridian.edge.adapter.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import io.meridian.edge.core.scoring.LoadedModel;
import io.meridian.edge.core.scoring.ModelCard;
import io.meridian.edge.core.scoring.ModelCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads models from a folder: {@code <name>/<version>/model.yaml} and, beside it, the graph the card names. */
public final class OnnxModels {
    /** A card's largest size in bytes. */
    public static final int MAX_CARD_BYTES = BoundedYaml.MAX_CHARACTERS;

    /** A graph's largest size in bytes: it is held in memory twice while it loads. */
    public static final int MAX_GRAPH_BYTES = 64 * 1024 * 1024;

    private OnnxModels() {}

    /** What came of loading: all models or none. */
    public sealed interface Outcome {
        /** All models, checked and warm. Whoever asked for them closes the catalog. */
        record Loaded(ModelCatalog catalog) implements Outcome {}

        /** Every problem of every model, at least one; nothing stays open. */
        record Refused(List<ModelProblem> problems) implements Outcome {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /** What came of reading cards: all or none. */
    public sealed interface Cards {
        /** In order of name. */
        record Read(List<ModelCard> cards) implements Cards {
            public Read {
                cards = List.copyOf(cards);
            }
        }

        /** Every problem of every card, at least one. */
        record Refused(List<ModelProblem> problems) implements Cards {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Loads ONNX Runtime's native code if it is not there yet. What fails here fails again, and is told, in {@link #load}. */
    public static void prepare() {
        try {
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "meridian");
        } catch (LinkageError | RuntimeException e) {
            // Told where a model is loaded, with the model's name.
        }
    }

    /**
     * Loads, checks and warms models. Takes some ten to some hundred milliseconds and blocks: never on an event loop.
     *
     * @param folder holds one folder per model
     * @param versions the version of each model to load, by name
     */
    public static Outcome load(Path folder, Map<String, String> versions) {
        List<ModelProblem> problems = new ArrayList<>();
        List<LoadedModel> loaded = new ArrayList<>();
        for (ModelCard card : readCards(folder, versions, problems)) {
            String graph = card.id() + "/" + card.file();
            readBytes(folder.resolve(graph), graph, MAX_GRAPH_BYTES, problems::add)
                    .flatMap(bytes -> OnnxLoader.load(card, graph, bytes, problems::add))
                    .ifPresent(loaded::add);
        }
        if (problems.isEmpty()) {
            return new Outcome.Loaded(new ModelCatalog(loaded));
        }
        loaded.forEach(model -> model.scorer().close());
        return new Outcome.Refused(problems);
    }

    /** Reads and checks the cards only: needs no native code and leaves the graphs alone. For {@code validate} and its like. */
    public static Cards cards(Path folder, Map<String, String> versions) {
        List<ModelProblem> problems = new ArrayList<>();
        List<ModelCard> cards = readCards(folder, versions, problems);
        return problems.isEmpty() ? new Cards.Read(cards) : new Cards.Refused(problems);
    }

    private static List<ModelCard> readCards(Path folder, Map<String, String> versions, List<ModelProblem> problems) {
        List<ModelCard> cards = new ArrayList<>();
        Map<String, String> scores = new HashMap<>();
        new TreeMap<>(versions)
                .forEach((name, version) -> readCard(folder, name, version, problems::add)
                        .ifPresent(card -> {
                            String other = scores.putIfAbsent(card.score(), card.id());
                            if (other != null) {
                                problems.add(new ModelProblem(
                                        cardFile(name, version),
                                        "/score",
                                        0,
                                        0,
                                        "'" + card.score() + "' is also the score of " + other));
                            }
                            cards.add(card);
                        }));
        return cards;
    }

    private static Optional<ModelCard> readCard(
            Path folder, String name, String version, Consumer<ModelProblem> problems) {
        String file = cardFile(name, version);
        // Checked before they become part of a path.
        if (!CardReader.NAME.matcher(name).matches()
                || !CardReader.VERSION.matcher(version).matches()) {
            problems.accept(ModelProblem.of(
                    file, "a model's name must match " + CardReader.NAME + " and its version " + CardReader.VERSION));
            return Optional.empty();
        }
        Optional<ModelCard> card = readBytes(folder.resolve(file), file, MAX_CARD_BYTES, problems)
                .flatMap(bytes -> utf8(bytes, file, problems))
                .flatMap(text -> CardReader.read(file, text, problems));
        return card.filter(read -> {
            boolean itsOwn = read.name().equals(name) && read.version().equals(version);
            if (!itsOwn) {
                problems.accept(
                        ModelProblem.of(file, "is the card of " + read.id() + ", not of " + name + "/" + version));
            }
            return itsOwn;
        });
    }

    private static String cardFile(String name, String version) {
        return name + "/" + version + "/model.yaml";
    }

    private static Optional<byte[]> readBytes(Path path, String file, int limit, Consumer<ModelProblem> problems) {
        if (!Files.isRegularFile(path)) {
            problems.accept(ModelProblem.of(file, "there is no such file"));
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length <= limit) {
                return Optional.of(bytes);
            }
            problems.accept(ModelProblem.of(file, "is larger than " + limit + " bytes"));
        } catch (IOException unreadable) {
            problems.accept(ModelProblem.of(file, "cannot be read: " + unreadable.getMessage()));
        }
        return Optional.empty();
    }

    private static Optional<String> utf8(byte[] bytes, String file, Consumer<ModelProblem> problems) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notText) {
            problems.accept(ModelProblem.of(file, "is not UTF-8 text"));
            return Optional.empty();
        }
    }
}
