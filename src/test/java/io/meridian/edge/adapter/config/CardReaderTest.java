package io.meridian.edge.adapter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.scoring.Literal;
import io.meridian.edge.core.scoring.ModelCard;
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

    private List<Problem> problems = List.of();

    @Test
    void readsACard() {
        ModelCard card = read(CARD).orElseThrow(() -> new AssertionError(problems));
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
        problemFor("score: lifetime_value", "", "card.yaml:1:1: 'score' is missing [missing-key]");
        problemFor(
                "kind: subject", "kind: subject\nkinds: 1", "card.yaml:4:1: 'kinds' is not known here [unknown-key]");
        problemFor("version: \"2\"", "version: 2", "card.yaml:2:10: this is a whole number [wrong-type]");
        problemFor("kind: subject", "kind: visitor", "card.yaml:3:7: 'visitor' is not known here [unknown-value]");
        problemFor("width: 2", "width: 2.5", "card.yaml:8:48: this is a number [wrong-type]");
        problemFor("width: 2", "width: 300", "card.yaml:8:48: 'width' is 300 [out-of-range]");
        problemFor("column: 1,", "column: 2,", "'column' is 2 [out-of-range]\n    give 0 to 1");
        problemFor("IMPROVE]", "IMPRESS]", "card.yaml:10:28: 'IMPRESS' is not known here");
        problemFor("IMPROVE]", "SELECT_CONTENT]", "card.yaml:10:28: SELECT_CONTENT is there twice [duplicate]");
        problemFor("threshold: 0.25", "threshold: 25", "'threshold' is 25 [out-of-range]");
        problemFor("threshold: 0.25", "threshold: .nan", "this is text [wrong-type]");
        problemFor("transform: log1p", "transform: log", "'log' is not known here");
        problemFor("clip: [0, 100]", "clip: [0]", "these are not two numbers");
        problemFor("default: false", "default: [no]", "this is a list [wrong-type]");
        problemFor("default: false", "default: 1e999", "'default' is 1e999 [out-of-range]");
        problemFor(
                "default: false",
                "defualt: false",
                "'defualt' is not known here [unknown-key]\n    did you mean 'default'?");
        problemFor("shares: [0.25, 0.75]", "shares: [1]", "a distribution needs bounds");
        problemFor("file: model.onnx", "file: ../../etc/passwd", "'../../etc/passwd' cannot stand here");
        problemFor("sha256: \"0", "sha256: \"X", "cannot stand here [bad-format]\n    write a SHA-256");
        problemFor("opset: { \"ai.onnx\": 15 }", "opset: {}", "no operator set is named");
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
    void refusesWhatIsNoMapping() {
        problemFor(CARD, "", "'name' is missing");
        problemFor(CARD, "just text", "this is text [wrong-type]");
    }

    private void problemFor(String what, String with, String expected) {
        assertTrue(CARD.contains(what), what);
        assertTrue(read(CARD.replace(what, with)).isEmpty(), "accepted: " + with);
        assertTrue(
                problems.stream().anyMatch(problem -> problem.toString().contains(expected)),
                () -> "expected " + expected + ", got " + problems);
    }

    private Optional<ModelCard> read(String text) {
        Problems found = new Problems();
        YamlNode root = YamlParser.parse("card.yaml", text, found);
        Fields fields = root == null ? null : Fields.of(root, found);
        ModelCard card = fields == null ? null : new CardReader(found).read(fields, "0".repeat(64));
        problems = found.all();
        return Optional.ofNullable(card);
    }
}
