package io.meridian.edge.adapter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.scoring.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCardFilesTest {
    private static final Map<String, String> VERSIONS = Map.of("churn-risk", "1", "purchase-propensity", "1");

    @TempDir
    private Path root;

    @BeforeEach
    void copyTheTrainedCards() throws IOException {
        for (String name : VERSIONS.keySet()) {
            Path card = Path.of("models", name, "1", "model.yaml");
            Files.createDirectories(card(name).getParent());
            Files.copy(card, card(name));
        }
    }

    @Test
    void readsCardsWithoutTheirGraphs() {
        ModelCardFiles.Outcome outcome = ModelCardFiles.read(root, VERSIONS);
        assertEquals(
                List.of("churn-risk/1", "purchase-propensity/1"),
                assertInstanceOf(ModelCardFiles.Outcome.Read.class, outcome, outcome::toString).cards().stream()
                        .map(ModelCard::id)
                        .toList());
    }

    @Test
    void namesAndVersionsCannotLeaveTheFolder() {
        for (Map<String, String> versions : List.of(Map.of("../churn-risk", "1"), Map.of("churn-risk", "../1"))) {
            refusedWith(versions, "this cannot be a model's name and version");
        }
    }

    @Test
    void whatIsNotThereIsNamed() {
        refusedWith(Map.of("churn-risk", "7"), "models/churn-risk/7/model.yaml: there is no such file [bad-model]");
    }

    @Test
    void twoModelsCannotShareAScore() throws IOException {
        edit("churn-risk", "score: churn_risk", "score: purchase_propensity");
        refusedWith(VERSIONS, "'purchase_propensity' is also the score of churn-risk/1");
    }

    @Test
    void aCardInTheWrongFolderIsRefused() throws IOException {
        edit("churn-risk", "version: \"1\"", "version: \"2\"");
        refusedWith(VERSIONS, "this is the card of churn-risk/2, not of churn-risk/1");
    }

    @Test
    void aCardIsBounded() throws IOException {
        Files.writeString(card("churn-risk"), "#".repeat(ModelCardFiles.MAX_CARD_BYTES + 1));
        refusedWith(VERSIONS, "the file is larger than");
    }

    private void refusedWith(Map<String, String> versions, String message) {
        List<Problem> problems = assertInstanceOf(
                        ModelCardFiles.Outcome.Refused.class, ModelCardFiles.read(root, versions))
                .problems();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).toString().contains(message), problems::toString);
    }

    private Path card(String name) {
        return root.resolve(name).resolve("1").resolve("model.yaml");
    }

    private void edit(String name, String what, String with) throws IOException {
        String text = Files.readString(card(name));
        assertTrue(text.contains(what), what);
        Files.writeString(card(name), text.replace(what, with));
    }
}
