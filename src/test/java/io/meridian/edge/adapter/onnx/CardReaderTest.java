package io.meridian.edge.adapter.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.scoring.Literal;
import io.meridian.edge.core.scoring.ModelCard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CardReaderTest {
    private static final String CARD = """
            name: lifetime-value
            version: "2"
            kind: subject
            score: lifetime_value
            file: model.onnx
            sha256: "0000000000000000000000000000000000000000000000000000000000000000"
            opset: { "ai.onnx": 15 }
            input: { name: features, type: float32, width: 2 }
            output: { name: probability, type: float32, column: 1, columns: 2 }
            purposes: [SELECT_CONTENT, IMPROVE]
            confidence: { threshold: 0.25 }
            features:
              - { name: orders, from: profile.orders_90d, transform: log1p, default: 0, clip: [0, 100] }
              - { name: app, from: profile.app_installed, transform: boolean, default: false }
            training: { whatever: [the, trainer, says] }
            reference:
              features:
                - { name: orders, bounds: [0.5], shares: [0.25, 0.75] }
              score: []
            """;

    private final List<ModelProblem> problems = new ArrayList<>();

    @Test
    void readsACard() {
        ModelCard card = read(CARD).orElseThrow();
        assertEquals("lifetime-value/2", card.id());
        assertEquals(Purpose.SELECT_CONTENT.bit() | Purpose.IMPROVE.bit(), card.purposes());
        assertEquals(0.25, card.confidenceThreshold());
        assertEquals(1, card.output().column());
        assertEquals(new Literal.Flag(false), card.features().get(1).fallback());
        assertEquals(List.of(0.25, 0.75), card.reference().get(0).shares());
        assertEquals(List.of(), problems);
    }

    @Test
    void saysWhereAndWhat() {
        problemFor("score: lifetime_value", "", "card.yaml:1:1: the field 'score' is missing");
        problemFor(
                "kind: subject", "kind: subject\nkinds: 1", "card.yaml:4:8: /kinds: unknown field; known are name, ");
        problemFor("version: \"2\"", "version: 2", "card.yaml:2:10: /version: must be a string; write \"2\"");
        problemFor("kind: subject", "kind: visitor", "card.yaml:3:7: /kind: must be candidate or subject");
        problemFor("width: 2", "width: 2.5", "card.yaml:8:48: /input/width: must be an integer from 1 to 256");
        problemFor("width: 2", "width: 9999999999", "/input/width: must be an integer from 1 to 256");
        problemFor("column: 1,", "column: 2,", "/output/column: must be an integer from 0 to 1");
        problemFor("IMPROVE]", "IMPRESS]", "card.yaml:10:28: /purposes/1: is no purpose, or is there twice");
        problemFor("threshold: 0.25", "threshold: 25", "/confidence/threshold: must be from 0 to 1");
        problemFor("threshold: 0.25", "threshold: .nan", "/confidence/threshold: must be a finite number");
        problemFor("transform: log1p", "transform: log", "/features/0/transform: must be one of identity, log1p");
        problemFor("clip: [0, 100]", "clip: [0]", "/features/0/clip: must be two numbers");
        problemFor("default: false", "default: [no]", "/features/1/default: must be a finite number, a string");
        problemFor("default: false", "defualt: false", "/features/1/defualt: unknown field");
        problemFor("shares: [0.25, 0.75]", "shares: [1]", "/reference/features/0: a distribution needs bounds");
        problemFor("file: model.onnx", "file: ../../etc/passwd", "/file: must match");
        problemFor("sha256: \"0", "sha256: \"X", "/sha256: must match");
        problemFor("opset: { \"ai.onnx\": 15 }", "opset: {}", "/opset: must map each operator domain");
    }

    @Test
    void reportsAllProblemsAtOnce() {
        assertTrue(read(CARD.replace("kind: subject", "kind: visitor")
                        .replace("log1p", "log")
                        .replace("width: 2", "width: 0"))
                .isEmpty());
        assertEquals(3, problems.size(), problems::toString);
    }

    @Test
    void refusesWhatIsNoBoundedYaml() {
        problemFor("name: lifetime-value", "name: [", "card.yaml:3:1: expected");
        problemFor("name: lifetime-value", "name: &a x\nfile: *a", "aliases (*name) are not allowed");
        problemFor("name: lifetime-value", "name: !!java.io.File x", "the tag");
        problemFor("kind: subject", "kind: subject\nkind: subject", "kind");
        problemFor(CARD, "[".repeat(20) + "]".repeat(20), "is nested deeper than 16");
        problemFor(CARD, "- x\n".repeat(110_000), "has more than 100000 parts");
        problemFor(CARD, "", "is empty");
        problemFor(CARD, "just text", "must be a mapping");
        problemFor(CARD, "x".repeat(BoundedYaml.MAX_CHARACTERS + 1), "is longer than");
    }

    private void problemFor(String what, String with, String expected) {
        problems.clear();
        assertTrue(CARD.contains(what), what);
        assertTrue(read(CARD.replace(what, with)).isEmpty(), "accepted: " + with);
        assertTrue(
                problems.stream().anyMatch(problem -> problem.toString().contains(expected)),
                () -> "expected " + expected + ", got " + problems);
    }

    private Optional<ModelCard> read(String text) {
        return CardReader.read("card.yaml", text, problems::add);
    }
}
