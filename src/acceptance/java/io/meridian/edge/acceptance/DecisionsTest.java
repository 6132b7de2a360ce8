package io.meridian.edge.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Decisions over HTTP: the four kinds of visitor, CDNs, OpenFeature, and what hostile callers send. */
class DecisionsTest {
    private static final String ALL =
            "{\"given\":[\"STORE\",\"BUILD_PROFILE\",\"SELECT_CONTENT\",\"MEASURE\"],\"country\":\"DE\"}";

    private static final int TRIES = 100;

    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        http = Demo.http();
    }

    @Test
    void aCustomerWithConsentIsDecidedPersonally() throws Exception {
        String id = customer();
        write("PUT", "/v1/subjects/customer/" + id + "/consent", ALL);
        write(
                "PUT",
                "/v1/profiles/customer/" + id,
                "{\"profile\":{\"tier\":\"gold\",\"orders_90d\":3},\"country\":\"DE\"}");
        JsonNode answer = decide(id, "");
        assertTrue(answer.at("/privacy/personalised").asBoolean(), answer.toString());
        assertEquals("RANKED", answer.at("/decisions/0/reason").asText(), answer.toString());
        assertFalse(answer.at("/decisions/0/items/0/token").asText().isEmpty(), answer.toString());
    }

    @Test
    void whoRefusesGetsWhatFitsTheContext() throws Exception {
        String id = customer();
        write("PUT", "/v1/subjects/customer/" + id + "/consent", ALL);
        JsonNode answer = decide(id, ",\"consent\":{\"gpc\":true}");
        assertFalse(answer.at("/privacy/personalised").asBoolean(), answer.toString());
        assertEquals("CONTEXTUAL", answer.at("/decisions/0/reason").asText(), answer.toString());
    }

    @Test
    void nobodyInParticularIsDecidedToo() throws Exception {
        JsonNode answer = http.json(
                200,
                "POST",
                "/v1/decide",
                "{\"requestId\":\"r-1\",\"placements\":[{\"id\":\"home-hero\"}],\"context\":{\"country\":\"DE\",\"channel\":\"web\"}}");
        assertEquals("r-1", answer.path("requestId").asText());
        assertEquals(1, answer.at("/decisions/0/items").size(), answer.toString());
        assertFalse(answer.at("/privacy/personalised").asBoolean());
        assertTrue(answer.at("/bundle/digest").asText().startsWith("sha256:"), answer.toString());
    }

    @Test
    void whoseHomeIsElsewhereIsSentThere() throws Exception {
        JsonNode problem = http.problem(
                421,
                "misdirected",
                "POST",
                "/v1/decide",
                "{\"placements\":[{\"id\":\"home-hero\"}],\"subject\":{\"ids\":[{\"ns\":\"customer\",\"id\":\"c-1\"}],\"homeRegion\":\"us-east\"},\"context\":{\"country\":\"DE\"}}");
        assertEquals("us-east", problem.path("homeRegion").asText(), problem.toString());
    }

    @Test
    void aCdnMayKeepWhatIsForEverybody() throws Exception {
        String path = "/v1/decide/home-hero?country=DE&channel=web&device=mobile";
        HttpResponse<String> shared = http.get(path);
        assertEquals(200, shared.statusCode(), shared.body());
        assertTrue(header(shared, "Cache-Control").startsWith("public, s-maxage="), header(shared, "Cache-Control"));
        assertTrue(header(shared, "Vary").contains("X-Meridian-Subject"), header(shared, "Vary"));
        assertFalse(Http.read(shared.body()).has("decisionId"), shared.body());
        assertEquals(
                304, http.get(path, "If-None-Match", header(shared, "ETag")).statusCode());

        HttpResponse<String> personal = http.get(path, "X-Meridian-Subject", "customer/" + customer());
        assertEquals("private, no-store", header(personal, "Cache-Control"), personal.body());
    }

    @Test
    void openFeatureAsksInItsOwnWay() throws Exception {
        String context = "{\"context\":{\"targetingKey\":\"" + customer() + "\",\"country\":\"DE\"}}";
        JsonNode flag = http.json(200, "POST", "/ofrep/v1/evaluate/flags/home-hero", context);
        assertEquals("home-hero", flag.path("key").asText(), flag.toString());
        assertTrue(flag.has("value") && flag.has("reason") && flag.has("variant"), flag.toString());
        assertTrue(http.json(200, "POST", "/ofrep/v1/evaluate/flags", context)
                        .path("flags")
                        .size()
                > 1);
        JsonNode missing = http.json(404, "POST", "/ofrep/v1/evaluate/flags/no-such-flag", context);
        assertEquals("FLAG_NOT_FOUND", missing.path("errorCode").asText(), missing.toString());
        JsonNode keyless = http.json(400, "POST", "/ofrep/v1/evaluate/flags/home-hero", "{\"context\":{}}");
        assertEquals("TARGETING_KEY_MISSING", keyless.path("errorCode").asText(), keyless.toString());
    }

    @Test
    void anImpressionCountsOnce() throws Exception {
        String id = customer();
        write("PUT", "/v1/subjects/customer/" + id + "/consent", ALL);
        String offer = decide(id, "").at("/decisions/0/items/0/offer").asText();
        String event = "{\"specversion\":\"1.0\",\"id\":\"" + UUID.randomUUID()
                + "\",\"source\":\"/shop\",\"type\":\"io.meridian.impression\",\"data\":{\"subject\":{\"ns\":\"customer\",\"id\":\""
                + id + "\"},\"placement\":\"home-hero\",\"offer\":\"" + offer + "\",\"country\":\"DE\"}}";
        assertEquals("counted", event(event));
        assertEquals("duplicate", event(event));
    }

    @Test
    void withdrawnConsentIsHonouredAtOnceAndTheErasedAreForgotten() throws Exception {
        String id = customer();
        String subject = "/v1/subjects/customer/" + id;
        String profile = "{\"profile\":{\"tier\":\"gold\"},\"country\":\"DE\"}";
        write("PUT", subject + "/consent", ALL);
        write("PUT", "/v1/profiles/customer/" + id, profile);
        assertTrue(decide(id, "").at("/privacy/personalised").asBoolean());
        write(
                "PUT",
                subject + "/consent",
                "{\"refused\":[\"STORE\",\"BUILD_PROFILE\",\"SELECT_CONTENT\",\"MEASURE\"],\"country\":\"DE\"}");
        assertFalse(decide(id, "").at("/privacy/personalised").asBoolean());
        write("DELETE", subject, null);
        http.problem(409, "erased", "PUT", "/v1/profiles/customer/" + id, profile);
    }

    @Test
    void whatIsWrongIsToldWithItsPlaceAndNothingElse() throws Exception {
        JsonNode unknown = http.problem(
                400, "unknown-field", "POST", "/v1/decide", "{\"placements\":[{\"id\":\"home-hero\"}],\"canary\":1}");
        assertEquals("/canary", unknown.path("pointer").asText(), unknown.toString());
        http.problem(400, "wrong-type", "POST", "/v1/decide", "{\"placements\":[{\"id\":7}]}");
        http.problem(404, "unknown-placement", "POST", "/v1/decide", "{\"placements\":[{\"id\":\"no-such\"}]}");
        http.problem(404, "not-found", "GET", "/v1/nowhere", null);
    }

    @Test
    void hostileBodiesAreRefusedAndTheServiceStays() throws Exception {
        String deep = "{\"context\":" + "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000) + "}";
        char[] much = new char[100_000];
        Arrays.fill(much, 'a');
        String[] hostile = {
            "",
            "{",
            "[]",
            "null",
            "\u0000",
            deep,
            "{\"placements\":[],\"placements\":[]}",
            "{\"placements\":[{\"id\":\"home-hero\",\"count\":1e999}]}",
            "{\"placements\":[{\"id\":\"\uD800\"}]}",
            "{\"placements\":[{\"id\":\"home-hero\"}],\"consent\":{\"tcf\":\"" + "C".repeat(9_000) + "\"}}"
        };
        for (String body : hostile) {
            int status = http.send("POST", "/v1/decide", body).statusCode();
            assertTrue(
                    status >= 200 && status < 500, status + " for " + body.substring(0, Math.min(60, body.length())));
        }
        assertEquals(413, http.send("POST", "/v1/decide", new String(much)).statusCode());
        assertEquals(200, http.get("/v1/decide/home-hero?country=DE").statusCode(), "nobody else is hurt");
    }

    /** On a busy machine the store may say "try again": so do these. What they assert is the answer, not how long it took. */
    private static void write(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = http.send(method, path, body);
        for (int again = 0; answer.statusCode() == 503 && again < TRIES; again++) {
            answer = http.send(method, path, body);
        }
        assertEquals(204, answer.statusCode(), method + " " + path + ": " + answer.body());
    }

    private static JsonNode decide(String id, String more) throws Exception {
        JsonNode answer = decideOnce(id, more);
        for (int again = 0; !answer.path("degraded").isEmpty() && again < TRIES; again++) {
            answer = decideOnce(id, more);
        }
        return answer;
    }

    private static JsonNode decideOnce(String id, String more) throws Exception {
        return http.json(
                200,
                "POST",
                "/v1/decide",
                "{\"placements\":[{\"id\":\"home-hero\"}],\"subject\":{\"ids\":[{\"ns\":\"customer\",\"id\":\"" + id
                        + "\"}]},\"context\":{\"country\":\"DE\",\"channel\":\"web\",\"device\":\"mobile\"},\"options\":{\"deadlineMs\":1000}"
                        + more + "}");
    }

    private static String event(String event) throws Exception {
        return http.json(200, "POST", "/v1/events", event, "Content-Type", "application/cloudevents+json")
                .at("/results/0/status")
                .asText();
    }

    private static String customer() {
        return "c-" + UUID.randomUUID();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
