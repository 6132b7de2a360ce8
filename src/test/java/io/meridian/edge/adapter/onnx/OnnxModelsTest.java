package io.meridian.edge.adapter.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.scoring.ModelCard;
import io.meridian.edge.core.scoring.ModelCatalog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelsTest {
    @TempDir
    private Path temporary;

    private ModelFolder folder;

    @BeforeEach
    void copyTheTrainedModels() throws IOException {
        folder = ModelFolder.copy(temporary);
    }

    @Test
    void loadsTheTrainedModels() {
        try (ModelCatalog catalog = loaded()) {
            ModelCard churn = catalog.models().get(0).card();
            assertEquals("churn-risk/1", churn.id());
            assertEquals(ModelCard.Kind.SUBJECT, churn.kind());
            assertEquals(churn.features().size(), churn.reference().size());
            assertEquals(1, churn.scoreReference().size());
            assertNotNull(catalog.find(ModelFolder.PROPENSITY));
        }
    }

    @Test
    void noModelsAreNoProblem() {
        OnnxModels.Outcome outcome = OnnxModels.load(folder.root(), List.of());
        assertEquals(
                List.of(),
                assertInstanceOf(OnnxModels.Outcome.Loaded.class, outcome)
                        .catalog()
                        .models());
    }

    @Test
    void refusesAGraphWithAnotherDigest() throws IOException {
        byte[] graph = Files.readAllBytes(folder.graph(ModelFolder.CHURN));
        graph[graph.length / 2] ^= 1;
        Files.write(folder.graph(ModelFolder.CHURN), graph);
        refusedWith("models/churn-risk/1/model.onnx: has the SHA-256 ");
    }

    @Test
    void refusesAWrongWidth() throws IOException {
        folder.edit(ModelFolder.CHURN, "width: 21", "width: 20");
        refusedWith("its input 'features' is not float32 of shape [batch, 20]");
    }

    @Test
    void refusesAWrongOutputNameAndAWrongInputNameAtOnce() throws IOException {
        folder.edit(ModelFolder.CHURN, "output: { name: probability", "output: { name: chance");
        folder.edit(ModelFolder.CHURN, "input: { name: features", "input: { name: facts");
        List<Problem> problems = refused();
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(problems.get(0).message().startsWith("has no input 'facts', only [features]"));
        assertTrue(problems.get(1).message().startsWith("has no output 'chance', only [probability]"));
    }

    @Test
    void refusesAnotherNumberOfOutputColumns() throws IOException {
        folder.edit(ModelFolder.CHURN, "columns: 1", "columns: 2");
        refusedWith("its output 'probability' is not float32 of shape [batch, 2]");
    }

    @Test
    void refusesAnotherOperatorSet() throws IOException {
        folder.edit(ModelFolder.CHURN, "\"ai.onnx\": 15", "\"ai.onnx\": 14");
        refusedWith("uses the operator sets {ai.onnx=15, ai.onnx.ml=3}, its card says {ai.onnx=14, ai.onnx.ml=3}");
    }

    @Test
    void refusesATruncatedGraphEverywhere() throws IOException {
        byte[] graph = Files.readAllBytes(folder.graph(ModelFolder.CHURN));
        for (int length : new int[] {0, 1, 100, graph.length / 2, graph.length - 1}) {
            folder.replaceGraph(ModelFolder.CHURN, Arrays.copyOf(graph, length));
            assertFalse(refused().isEmpty(), "cut at " + length);
        }
    }

    @Test
    void refusesTensorsOutsideTheFile() throws IOException {
        byte[] graph = Files.readAllBytes(folder.graph(ModelFolder.CHURN));
        // A further piece of the graph, which protobuf merges with the first: one initializer, data_location =
        // EXTERNAL.
        byte[] tensor = {0x70, 1};
        folder.replaceGraph(ModelFolder.CHURN, join(graph, field(7, field(5, tensor))));
        refusedWith("keeps tensor data outside the file");
    }

    @Test
    void reportsTheProblemsOfAllModelsAtOnce() throws IOException {
        folder.edit(ModelFolder.CHURN, "\"ai.onnx\": 15", "\"ai.onnx\": 14");
        Files.delete(folder.graph(ModelFolder.PROPENSITY));
        List<String> files = refused().stream().map(Problem::file).toList();
        assertEquals(List.of("models/churn-risk/1/model.onnx", "models/purchase-propensity/1/model.onnx"), files);
    }

    private ModelCatalog loaded() {
        OnnxModels.Outcome outcome = folder.load();
        return assertInstanceOf(OnnxModels.Outcome.Loaded.class, outcome, outcome::toString)
                .catalog();
    }

    private List<Problem> refused() {
        return assertInstanceOf(OnnxModels.Outcome.Refused.class, folder.load()).problems();
    }

    private void refusedWith(String message) {
        List<Problem> problems = refused();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).toString().contains(message), problems::toString);
    }

    /** A length-delimited protobuf field. */
    private static byte[] field(int number, byte[] content) {
        return join(new byte[] {(byte) (number << 3 | 2), (byte) content.length}, content);
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }
}
