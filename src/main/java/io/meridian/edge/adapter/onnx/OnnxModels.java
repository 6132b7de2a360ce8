package io.meridian.edge.adapter.onnx;

import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.scoring.LoadedModel;
import io.meridian.edge.core.scoring.ModelCard;
import io.meridian.edge.core.scoring.ModelCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Loads the graphs of models from a folder: the file a card names in {@code <name>/<version>/}. */
public final class OnnxModels {
    /** A graph's largest size in bytes: it is held in memory twice while it loads. */
    public static final int MAX_GRAPH_BYTES = 64 * 1024 * 1024;

    /** Problems name files from here on, beside those of the configuration. */
    private static final String FOLDER = "models/";

    private OnnxModels() {}

    /** What came of loading: all models or none. */
    public sealed interface Outcome {
        /** All models, checked and warm. Whoever asked for them closes the catalog. */
        record Loaded(ModelCatalog catalog) implements Outcome {}

        /** Every problem of every model, at least one; nothing stays open. Files begin with {@code models/}. */
        record Refused(List<Problem> problems) implements Outcome {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Loads ONNX Runtime's native code if it is not there yet. What fails here fails again, and is told, in {@link #load}. */
    public static void prepare() {
        try {
            NativeCode.environment();
        } catch (LinkageError | RuntimeException e) {
            // Told where a model is loaded, with the model's name.
        }
    }

    /**
     * Loads, checks and warms models. Takes some ten to some hundred milliseconds and blocks: never on an event loop.
     *
     * @param folder holds one folder per model
     * @param cards of the models to load
     */
    public static Outcome load(Path folder, List<ModelCard> cards) {
        List<Problem> problems = new ArrayList<>();
        List<LoadedModel> loaded = new ArrayList<>();
        for (ModelCard card : cards) {
            String graph = card.id() + "/" + card.file();
            readGraph(folder.resolve(graph), FOLDER + graph, problems::add)
                    .flatMap(bytes -> OnnxLoader.load(card, FOLDER + graph, bytes, problems::add))
                    .ifPresent(loaded::add);
        }
        if (problems.isEmpty()) {
            return new Outcome.Loaded(new ModelCatalog(loaded));
        }
        loaded.forEach(model -> model.scorer().close());
        return new Outcome.Refused(problems);
    }

    private static Optional<byte[]> readGraph(Path path, String file, Consumer<Problem> problems) {
        if (!Files.isRegularFile(path)) {
            problems.accept(problem(file, "there is no such file"));
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_GRAPH_BYTES + 1);
            if (bytes.length <= MAX_GRAPH_BYTES) {
                return Optional.of(bytes);
            }
            problems.accept(problem(file, "is larger than " + MAX_GRAPH_BYTES + " bytes"));
        } catch (IOException unreadable) {
            problems.accept(problem(file, "cannot be read: " + unreadable.getMessage()));
        }
        return Optional.empty();
    }

    static Problem problem(String file, String message) {
        return new Problem(file, 0, 0, "bad-model", message, "");
    }
}
