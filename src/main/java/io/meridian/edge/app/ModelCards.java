package io.meridian.edge.app;

import io.meridian.edge.adapter.config.ModelCardFiles;
import io.meridian.edge.adapter.onnx.OnnxModels;
import io.meridian.edge.core.bundle.RegionModels;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.model.Sha256;
import io.meridian.edge.core.scoring.LoadedModel;
import io.meridian.edge.core.scoring.ModelCard;
import io.meridian.edge.core.scoring.ModelCatalog;
import io.meridian.edge.core.scoring.Scorer;
import io.meridian.edge.core.scoring.ScoringException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models as far as their cards tell, for checking without native code. */
final class ModelCards {
    private ModelCards() {}

    static RegionModels read(Path modelsDir, Map<String, String> versions) {
        ModelCardFiles.Outcome outcome = ModelCardFiles.read(modelsDir, versions);
        if (outcome instanceof ModelCardFiles.Outcome.Refused refused) {
            return new RegionModels(ModelCatalog.EMPTY, refused.problems());
        }
        List<Problem> problems = new ArrayList<>();
        List<LoadedModel> models = new ArrayList<>();
        for (ModelCard card : ((ModelCardFiles.Outcome.Read) outcome).cards()) {
            String fault = graphFault(modelsDir, card);
            if (fault != null) {
                problems.add(new Problem("models/" + card.id() + "/" + card.file(), 0, 0, "bad-model", fault, ""));
            }
            models.add(new LoadedModel(card, new NoScorer(card.features().size())));
        }
        return new RegionModels(new ModelCatalog(models), problems);
    }

    private static @Nullable String graphFault(Path modelsDir, ModelCard card) {
        Path graph = modelsDir.resolve(card.name()).resolve(card.version()).resolve(card.file());
        try {
            if (!Files.isRegularFile(graph)) {
                return "there is no such file";
            }
            if (Files.size(graph) > OnnxModels.MAX_GRAPH_BYTES) {
                return "the graph is larger than " + OnnxModels.MAX_GRAPH_BYTES + " bytes";
            }
            return Sha256.hex(Files.readAllBytes(graph)).equals(card.sha256())
                    ? null
                    : "its SHA-256 is not the one its card says";
        } catch (IOException unreadable) {
            return "cannot be read: " + unreadable.getMessage();
        }
    }

    /** Stands where a model would run. */
    private record NoScorer(int width) implements Scorer {
        @Override
        public FloatBuffer rows(int count) throws ScoringException {
            throw new ScoringException("this bundle was compiled to be checked only");
        }

        @Override
        public void run(int count, float[] scores) throws ScoringException {
            throw new ScoringException("this bundle was compiled to be checked only");
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
