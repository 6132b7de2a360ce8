package io.meridian.edge.adapter.http.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.core.model.CandidateTrace;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Degradation;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.Rung;
import io.meridian.edge.core.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecisionWriterTest {
    private static final DecisionTokens TOKENS =
            new DecisionTokens(List.of(new DecisionTokens.Key("k1", new byte[32])), 3600);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void writesTheContractWordForWord() {
        assertEquals(
                "{\"decisionId\":\"01890000-0000-7000-8000-000000000001\",\"requestId\":\"r \\\"1\\\"\",\"region\":\"eu-central\","
                        + "\"bundle\":{\"revision\":\"7\",\"digest\":\"sha256:ab\"},"
                        + "\"privacy\":{\"jurisdiction\":\"gdpr\",\"personalised\":true,\"granted\":[\"SELECT_CONTENT\",\"CONTEXTUAL\"],"
                        + "\"denied\":[{\"purpose\":\"MEASURE\",\"because\":\"TCF_REFUSED\"}]},"
                        + "\"decisions\":[{\"placement\":\"home-hero\",\"reason\":\"RANKED\",\"fallback\":false,"
                        + "\"items\":[{\"offer\":\"spring-sale\",\"variant\":\"b\",\"content\":{\"title\":\"Fr\u00fchling\"}}]},"
                        + "{\"placement\":\"footer\",\"reason\":\"STATIC\",\"fallback\":true,\"items\":[{\"content\":{}}]}],"
                        + "\"degraded\":[\"PROFILE_TIMEOUT\",\"CAP_UNKNOWN\"]}",
                text(DecisionWriter.personal(decision(null), null, 0)));
    }

    @Test
    void aSharedAnswerHasNothingOfOneRequest() {
        String shared = text(DecisionWriter.shared(decision(null)));
        assertFalse(shared.contains("decisionId") || shared.contains("requestId") || shared.contains("token"), shared);
        assertEquals(shared, text(DecisionWriter.shared(decision(null))));
    }

    @Test
    void everyOfferGetsATokenThatSaysWhatItIs() throws Exception {
        JsonNode answer = MAPPER.readTree(DecisionWriter.personal(decision(null), TOKENS, 1000));
        String token = answer.at("/decisions/0/items/0/token").textValue();
        DecisionTokens.Claims claims = TOKENS.verify(token, 1000);
        assertNotNull(claims);
        assertEquals("01890000-0000-7000-8000-000000000001", claims.decisionId().toString());
        assertEquals("spring-sale", claims.offer());
        assertEquals("b", claims.variant());
        assertEquals(0.25f, claims.probability());
        assertEquals(4600, claims.expiresAt());
        assertFalse(answer.at("/decisions/1/items/0").has("token"));
    }

    @Test
    void theTraceTellsVerdictsAndFactors() throws Exception {
        List<CandidateTrace> trace = List.of(
                new CandidateTrace(
                        "a",
                        Verdict.SELECTED,
                        "won",
                        null,
                        new CandidateTrace.Factors(0.25, "model:m/1", 12.5, 1, 1.5, 4.6875)),
                new CandidateTrace("b", Verdict.CAP_REACHED, "cap three-a-day is reached", "three-a-day", null));
        JsonNode answer = MAPPER.readTree(DecisionWriter.personal(decision(trace), null, 0));
        assertEquals(
                MAPPER.readTree(
                        "{\"candidates\":[{\"offer\":\"a\",\"verdict\":\"SELECTED\",\"because\":\"won\",\"factors\":{\"propensity\":0.25,"
                                + "\"propensitySource\":\"model:m/1\",\"value\":12.5,\"context\":1.0,\"lever\":1.5,\"score\":4.6875}},"
                                + "{\"offer\":\"b\",\"verdict\":\"CAP_REACHED\",\"because\":\"cap three-a-day is reached\"}],\"leftOut\":7}"),
                answer.at("/decisions/0/trace"));
    }

    @Test
    void serverTimingNamesTheStagesThatTookTime() {
        assertEquals(
                "grant;dur=0.012, read;dur=1.204, arbitrate;dur=0.100",
                DecisionWriter.serverTiming(new long[] {12_345, 1_204_000, 0, 999, 0, 100_000}));
    }

    @Test
    void everyStringSurvivesTheWay() throws Exception {
        long seed = Long.getLong("meridian.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.appendCodePoint(
                        switch (random.nextInt(4)) {
                            case 0 -> random.nextInt(0x80);
                            case 1 -> random.nextInt(0x800);
                            case 2 -> 0xE000 + random.nextInt(0x2000);
                            default -> 0x10000 + random.nextInt(0xFFFFF);
                        });
            }
            JsonBytes json = new JsonBytes(1);
            json.beginArray().value(text.toString()).value(true).endArray();
            assertEquals(text.toString(), MAPPER.readTree(json.toBytes()).get(0).textValue(), "seed " + seed);
        }
        assertEquals(
                "[\"\ufffdx\ufffd\"]",
                text(new JsonBytes(1)
                        .beginArray()
                        .value("\ud800x\udc00")
                        .endArray()
                        .toBytes()));
    }

    private static Decision decision(List<CandidateTrace> trace) {
        byte[] content = "{\"title\":\"Fr\u00fchling\"}".getBytes(StandardCharsets.UTF_8);
        return new Decision(
                "01890000-0000-7000-8000-000000000001",
                "r \"1\"",
                "eu-central",
                7,
                "sha256:ab",
                "de",
                new Decision.Privacy(
                        "gdpr",
                        true,
                        Purpose.SELECT_CONTENT.bit() | Purpose.CONTEXTUAL.bit(),
                        List.of(new Decision.Denial(Purpose.MEASURE, "TCF_REFUSED"))),
                List.of(
                        new Decision.PlacementDecision(
                                "home-hero",
                                Rung.RANKED,
                                false,
                                List.of(new Decision.Item("spring-sale", "b", content, 0.2, 0.25)),
                                trace,
                                7),
                        new Decision.PlacementDecision(
                                "footer",
                                Rung.STATIC,
                                false,
                                List.of(new Decision.Item(null, null, "{}".getBytes(StandardCharsets.UTF_8), 0, 1)),
                                null,
                                0)),
                Degradation.PROFILE_TIMEOUT.bit() | Degradation.CAP_UNKNOWN.bit(),
                Decision.Cache.PRIVATE,
                new long[6]);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
