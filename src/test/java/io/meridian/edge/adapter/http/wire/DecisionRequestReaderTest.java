package io.meridian.edge.adapter.http.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.Explain;
import io.meridian.edge.core.model.PlacementRequest;
import io.meridian.edge.core.model.SubjectId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionRequestReaderTest {
    private static final String FULL = """
            { "requestId": "r-1",
              "subject": { "ids": [ {"ns": "customer", "id": "c-1001"}, {"ns": "device", "id": "d-7"} ], "homeRegion": "eu-central" },
              "placements": [ {"id": "home-hero"}, {"id": "grid", "count": 20} ],
              "context": { "market": "de", "country": "de", "subdivision": "by", "locale": "de-DE", "channel": "web", "device": "mobile",
                           "attributes": { "page.category": "shoes", "cart.value": 120.5, "cart.items": 3, "member": true, "tags": ["a", "b"] } },
              "consent": { "gdpr": true, "tcf": "CP", "gpp": "DB", "gppSid": [7, -1, 8], "gpc": true, "usPrivacy": "1YNN" },
              "options": { "explain": "full", "dryRun": true, "deadlineMs": 20 } }
            """;

    /** Not a plain name, for damage may make a field's name of it. */
    private static final String CANARY = "canary@example.org";

    private static final String DAMAGE = "{}[]\",:0ea\\ \u0001";

    @Test
    void readsEveryFieldOfTheContract() {
        DecisionRequest request = read(FULL);
        assertEquals("r-1", request.requestId());
        assertEquals(List.of(new SubjectId("customer", "c-1001"), new SubjectId("device", "d-7")), request.subjects());
        assertEquals("eu-central", request.homeRegion());
        assertEquals(
                List.of(new PlacementRequest("home-hero", 1), new PlacementRequest("grid", 20)), request.placements());
        assertEquals(
                new DecisionRequest.Context(
                        "de",
                        "DE",
                        "BY",
                        "de-DE",
                        "web",
                        "mobile",
                        Map.of(
                                "page.category",
                                "shoes",
                                "cart.value",
                                120.5,
                                "cart.items",
                                3L,
                                "member",
                                true,
                                "tags",
                                List.of("a", "b"))),
                request.context());
        ConsentInput consent = request.consent();
        assertEquals(true, consent.gdpr());
        assertEquals("CP", consent.tcf());
        assertEquals("DB", consent.gpp());
        assertArrayEquals(new int[] {7, 8}, consent.gppSections());
        assertEquals(true, consent.gpc());
        assertEquals("1YNN", consent.usPrivacy());
        assertEquals(new DecisionRequest.Options(Explain.FULL, true, 20), request.options());
    }

    @Test
    void whatIsNotSaidIsUnknown() {
        DecisionRequest request = read("{\"placements\":[{\"id\":\"a\"}]}");
        assertNull(request.requestId());
        assertEquals(List.of(), request.subjects());
        assertEquals(DecisionRequest.Context.EMPTY, request.context());
        assertEquals(ConsentInput.NONE, request.consent());
        assertEquals(DecisionRequest.Options.DEFAULT, request.options());
    }

    @Test
    void takesExactlyAsMuchAsTheLimitsSay() {
        assertEquals(
                50,
                read("{\"placements\":[" + repeat("{\"id\":\"a\"}", 50) + "]}")
                        .placements()
                        .size());
        String ids = repeat("{\"ns\":\"n\",\"id\":\"" + "x".repeat(256) + "\"}", 8);
        assertEquals(
                8,
                read("{\"placements\":[{\"id\":\"a\"}],\"subject\":{\"ids\":[" + ids + "]}}")
                        .subjects()
                        .size());
        assertEquals(64, read(withAttributes(64)).context().attributes().size());
        String tcf = "C".repeat(60_000);
        assertEquals(
                tcf,
                read("{\"placements\":[{\"id\":\"a\"}],\"consent\":{\"tcf\":\"" + tcf + "\"}}")
                        .consent()
                        .tcf());
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                bad("", 400, "malformed-json", "", "the body is empty"),
                bad("{", 400, "malformed-json", "", "the body is not well-formed JSON around byte 1"),
                bad("{} {}", 400, "malformed-json", "", "something follows after the document's end"),
                bad("{\"a\":nope}", 400, "malformed-json", "", "the body is not well-formed JSON around byte 10"),
                bad("[]", 400, "wrong-type", "", "must be an object"),
                bad("{}", 400, "missing-field", "", "\"placements\" is missing"),
                bad("{\"placements\":[]}", 400, "out-of-bounds", "/placements", "at least one placement is needed"),
                bad("{\"placements\":{}}", 400, "wrong-type", "/placements", "must be an array"),
                bad("{\"placements\":null}", 400, "wrong-type", "/placements", "must be an array"),
                bad("{\"placements\":[{\"id\":7}]}", 400, "wrong-type", "/placements/0/id", "must be a string"),
                bad(
                        "{\"placements\":[{\"id\":\"\"}]}",
                        400,
                        "out-of-bounds",
                        "/placements/0/id",
                        "must have 1 to 64 characters"),
                bad("{\"placements\":[{\"id\":\"a\"},{}]}", 400, "missing-field", "/placements/1", "\"id\" is missing"),
                bad(
                        "{\"placements\":[{\"id\":\"a\",\"count\":0}]}",
                        400,
                        "out-of-bounds",
                        "/placements/0/count",
                        "must be 1 to 20"),
                bad(
                        "{\"placements\":[{\"id\":\"a\",\"count\":21}]}",
                        400,
                        "out-of-bounds",
                        "/placements/0/count",
                        "must be 1 to 20"),
                bad(
                        "{\"placements\":[{\"id\":\"a\",\"count\":99999999999999999999}]}",
                        400,
                        "out-of-bounds",
                        "/placements/0/count",
                        "must be 1 to 20"),
                bad(
                        "{\"placements\":[{\"id\":\"a\",\"count\":1.0}]}",
                        400,
                        "wrong-type",
                        "/placements/0/count",
                        "must be a whole number"),
                bad(
                        "{\"placements\":[" + repeat("{\"id\":\"a\"}", 51) + "]}",
                        400,
                        "out-of-bounds",
                        "/placements/50",
                        "at most 50 placements"),
                bad(
                        "{\"placement\":[]}",
                        400,
                        "unknown-field",
                        "/placement",
                        "\"placement\" is not known here; known are requestId, subject, placements, context, consent, options"),
                bad(
                        "{\"anna@example.org\":1}",
                        400,
                        "unknown-field",
                        "",
                        "a field is not known here; known are requestId, subject, placements, context, consent, options"),
                bad(
                        "{\"requestId\":\"a\",\"requestId\":\"b\"}",
                        400,
                        "duplicate-key",
                        "/requestId",
                        "the field is there twice"),
                bad(
                        "{\"context\":{\"attributes\":{\"x\":1,\"x\":2}}}",
                        400,
                        "duplicate-key",
                        "/context/attributes/x",
                        "the field is there twice"),
                bad(
                        "{\"requestId\":\"" + "x".repeat(257) + "\"}",
                        400,
                        "out-of-bounds",
                        "/requestId",
                        "must have 1 to 256 characters"),
                bad(
                        "{\"subject\":{\"id\":\"c-1\"}}",
                        400,
                        "unknown-field",
                        "/subject/id",
                        "\"id\" is not known here; known are ids, homeRegion"),
                bad(
                        "{\"subject\":{\"ids\":[{\"ns\":\"customer\"}]}}",
                        400,
                        "missing-field",
                        "/subject/ids/0",
                        "\"id\" is missing"),
                bad(
                        "{\"subject\":{\"ids\":[" + repeat("{\"ns\":\"a\",\"id\":\"b\"}", 9) + "]}}",
                        400,
                        "out-of-bounds",
                        "/subject/ids/8",
                        "at most 8 ids"),
                bad(
                        "{\"context\":{\"country\":\"DEU\"}}",
                        400,
                        "invalid-value",
                        "/context/country",
                        "a country is two letters (ISO 3166-1 alpha-2)"),
                bad(
                        "{\"context\":{\"subdivision\":\"DE-BY\"}}",
                        400,
                        "invalid-value",
                        "/context/subdivision",
                        "a subdivision is one to three letters or digits (ISO 3166-2, after the hyphen)"),
                bad(
                        "{\"context\":{\"attributes\":{\"x\":{}}}}",
                        400,
                        "wrong-type",
                        "/context/attributes/x",
                        "must be a string, a number, true, false or an array of strings"),
                bad(
                        "{\"context\":{\"attributes\":{\"x\":[1]}}}",
                        400,
                        "wrong-type",
                        "/context/attributes/x/0",
                        "must be a string"),
                bad(
                        "{\"context\":{\"attributes\":{\"x\":1e999}}}",
                        400,
                        "out-of-bounds",
                        "/context/attributes/x",
                        "a number must fit into a double"),
                bad(
                        "{\"context\":{\"attributes\":{\"x\":99999999999999999999}}}",
                        400,
                        "out-of-bounds",
                        "/context/attributes/x",
                        "a whole number must fit into 64 bits"),
                bad(withAttributes(65), 400, "out-of-bounds", "/context/attributes/x64", "at most 64 attributes"),
                bad(
                        "{\"context\":{\"attributes\":{\"anna@example.org\":{}}}}",
                        400,
                        "wrong-type",
                        "/context/attributes",
                        "must be a string, a number, true, false or an array of strings"),
                bad(
                        "{\"context\":{\"attributes\":{\"" + "n".repeat(300) + "\":1}}}",
                        400,
                        "out-of-bounds",
                        "/context/attributes",
                        "a name or a number is too long"),
                bad("{\"consent\":{\"gpc\":\"1\"}}", 400, "wrong-type", "/consent/gpc", "must be true or false"),
                bad(
                        "{\"consent\":{\"gppSid\":[" + repeat("7", 33) + "]}}",
                        400,
                        "out-of-bounds",
                        "/consent/gppSid/32",
                        "at most 32 elements"),
                bad(
                        "{\"options\":{\"explain\":\"all\"}}",
                        400,
                        "invalid-value",
                        "/options/explain",
                        "must be none, reasons or full"),
                bad(
                        "{\"options\":{\"deadlineMs\":0}}",
                        400,
                        "out-of-bounds",
                        "/options/deadlineMs",
                        "must be 1 to 1000"),
                bad(
                        "{\"options\":{\"deadlineMs\":1001}}",
                        400,
                        "out-of-bounds",
                        "/options/deadlineMs",
                        "must be 1 to 1000"),
                bad(
                        "{\"context\":" + "[".repeat(40) + "]".repeat(40) + "}",
                        400,
                        "wrong-type",
                        "/context",
                        "must be an object"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void saysWhatIsWrongAndWhere(String body, String golden) {
        ProblemException e = assertThrows(ProblemException.class, () -> read(body));
        assertEquals(golden, new String(e.problem().json(), StandardCharsets.UTF_8));
    }

    @Test
    void refusesALargeBodyBeforeReadingIt() {
        byte[] body = " ".repeat(DecisionRequestReader.MAX_BYTES + 1).getBytes(StandardCharsets.UTF_8);
        ProblemException e = assertThrows(ProblemException.class, () -> DecisionRequestReader.read(body));
        assertEquals(
                "{\"type\":\"urn:meridian:problem:body-too-large\",\"title\":\"The body is too large\",\"status\":413,"
                        + "\"detail\":\"at most 65536 bytes are taken here\"}",
                new String(e.problem().json(), StandardCharsets.UTF_8));
    }

    @Test
    void refusesADeepBodyOnItsWayThroughTheTolerantReader() {
        String deep = "[".repeat(33) + "]".repeat(33);
        ProblemException e = assertThrows(ProblemException.class, () -> {
            try (StrictJson json = StrictJson.open(deep.getBytes(StandardCharsets.UTF_8))) {
                json.skip();
            }
        });
        assertEquals(ProblemType.TOO_DEEP, e.problem().type());
    }

    /** Whatever arrives, the answer is a request or a problem, and no problem repeats a value. */
    @Test
    void damagedBodiesEndInProblemsThatRepeatNothing() {
        long seed = Long.getLong("meridian.seed", System.nanoTime());
        Random random = new Random(seed);
        String canary = FULL.replace("c-1001", CANARY).replace("shoes", CANARY).replace("\"CP\"", "\"" + CANARY + "\"");
        boolean[] kept = new boolean[canary.length()];
        for (int at = canary.indexOf(CANARY); at >= 0; at = canary.indexOf(CANARY, at + 1)) {
            Arrays.fill(kept, at, at + CANARY.length(), true);
        }
        int rounds = Boolean.getBoolean("meridian.thorough") ? 200_000 : 5_000;
        for (int round = 0; round < rounds; round++) {
            byte[] body = canary.getBytes(StandardCharsets.UTF_8);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(body.length);
                if (!kept[at]) {
                    body[at] = (byte) DAMAGE.charAt(random.nextInt(DAMAGE.length()));
                }
            }
            try {
                DecisionRequestReader.read(body);
            } catch (ProblemException e) {
                assertFalse(
                        new String(e.problem().json(), StandardCharsets.UTF_8).contains(CANARY),
                        "seed " + seed + ": " + new String(body, StandardCharsets.UTF_8));
            }
        }
    }

    private static Arguments bad(String body, int status, String slug, String pointer, String detail) {
        String title = Stream.of(ProblemType.values())
                .filter(type -> type.slug().equals(slug))
                .findFirst()
                .orElseThrow()
                .title();
        return Arguments.of(
                body,
                "{\"type\":\"urn:meridian:problem:" + slug + "\",\"title\":\"" + title + "\",\"status\":" + status
                        + ",\"detail\":\"" + detail.replace("\"", "\\\"") + "\",\"pointer\":\"" + pointer + "\"}");
    }

    private static String withAttributes(int count) {
        String attributes =
                IntStream.range(0, count).mapToObj(i -> "\"x" + i + "\":1").collect(Collectors.joining(","));
        return "{\"placements\":[{\"id\":\"a\"}],\"context\":{\"attributes\":{" + attributes + "}}}";
    }

    private static String repeat(String element, int count) {
        return String.join(",", Collections.nCopies(count, element));
    }

    private static DecisionRequest read(String body) {
        return DecisionRequestReader.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
