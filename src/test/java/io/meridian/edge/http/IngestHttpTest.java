package io.meridian.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events, profiles and consent over HTTP, down to a real Redis. */
@QuarkusTest
class IngestHttpTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ALL =
            "{\"given\":[\"STORE\",\"SELECT_CONTENT\",\"BUILD_PROFILE\",\"MEASURE\"],\"country\":\"DE\"}";

    @TestHTTPResource("/")
    URI base;

    private HttpClientOf client;

    @BeforeEach
    void connect() {
        client = new HttpClientOf(base);
        // The connections of writes come up on their own; the first consent is sent until they have.
        for (int tries = 0; tries < 200 && consent("c-warm", ALL).statusCode() == 503; tries++) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anImpressionCountsOnceAndOnlyWithConsent() throws Exception {
        JsonNode decided = decide("c-once");
        String offer = decided.at("/decisions/0/items/0/offer").textValue();
        String token = decided.at("/decisions/0/items/0/token").textValue();
        String event = impression("e-1", "c-once", offer, token, Instant.now());
        assertEquals("not-permitted", status(event));
        assertEquals(204, consent("c-once", ALL).statusCode());
        assertEquals("counted", status(event));
        assertEquals("duplicate", status(event));
        assertEquals(
                "counted",
                status(impression("e-2", "c-once", offer, token, Instant.now()).replace("impression", "click")));
    }

    @Test
    void eachEventOfABatchHasItsOwnResult() throws Exception {
        consent("c-batch", ALL);
        String offer = decide("c-batch").at("/decisions/0/items/0/offer").textValue();
        Instant now = Instant.now();
        String batch = "["
                + String.join(
                        ",",
                        impression("b-1", "c-batch", offer, null, now),
                        impression("b-2", "c-batch", "no-such-offer", null, now),
                        impression("b-3", "c-batch", offer, "forged", now),
                        impression("b-4", "c-batch", offer, null, now.plus(6, ChronoUnit.MINUTES)),
                        impression("b-5", "c-batch", offer, null, now.minus(33, ChronoUnit.DAYS)),
                        "{\"specversion\":\"1.0\",\"id\":\"b-6\",\"source\":\"s\",\"type\":\"io.meridian.other\",\"data\":{\"deep\":[[{}]]}}",
                        "[[1]]",
                        "7",
                        "{\"specversion\":\"1.0\",\"id\":\"b-9\",\"ext\":{\"x\":1},\"data\":{\"subject\":{\"ns\":\"customer\",\"id\":\"c-batch\",\"x\":1}}}",
                        impression("b-10", "c-batch", offer, null, now))
                + "]";
        HttpResponse<String> reply =
                client.post("/v1/events", batch, "Content-Type", "application/cloudevents-batch+json");
        assertEquals(200, reply.statusCode());
        StringBuilder statuses = new StringBuilder();
        MAPPER.readTree(reply.body())
                .get("results")
                .forEach(result ->
                        statuses.append(result.get("status").textValue()).append(' '));
        assertEquals(
                "counted rejected rejected rejected rejected rejected rejected rejected rejected counted ",
                statuses.toString(),
                reply.body());
        assertFalse(reply.body().contains("c-batch"), reply.body());
    }

    @Test
    void anEventMayComeInHeaders() throws Exception {
        consent("c-binary", ALL);
        String offer = decide("c-binary").at("/decisions/0/items/0/offer").textValue();
        HttpResponse<String> reply = client.post(
                "/v1/events",
                "{\"subject\":{\"ns\":\"customer\",\"id\":\"c-binary\"},\"placement\":\"home-hero\",\"offer\":\""
                        + offer + "\",\"country\":\"DE\"}",
                "ce-specversion",
                "1.0",
                "ce-id",
                "h-1",
                "ce-source",
                "/shop",
                "ce-type",
                "io.meridian.impression");
        assertEquals(
                "counted", MAPPER.readTree(reply.body()).at("/results/0/status").textValue(), reply.body());
    }

    @Test
    void aBodyThatIsNoJsonIsRefusedAsAWhole() {
        assertEquals(400, client.post("/v1/events", "[{\"id\":\"a\"},").statusCode());
        assertEquals(
                400, client.post("/v1/events", "[{\"id\":\"a\",\"id\":\"b\"}]").statusCode());
    }

    @Test
    void aProfileIsKeptWithConsentAndForgottenOnRequest() throws Exception {
        String gold = "{\"profile\":{\"tier\":\"gold\",\"orders_90d\":3},\"country\":\"DE\"}";
        String path = "/v1/profiles/customer/c-kept";
        assertProblem(client.send("PUT", path, gold), 403, "not-permitted");
        assertEquals(204, consent("c-kept", ALL).statusCode());
        assertEquals(204, client.send("PUT", path, gold).statusCode());
        assertEquals(
                204,
                client.send("PATCH", path, "{\"profile\":{\"tier\":null},\"country\":\"DE\"}")
                        .statusCode());
        assertEquals(
                204, client.send("DELETE", "/v1/subjects/customer/c-kept", null).statusCode());
        assertEquals(
                204, client.send("DELETE", "/v1/subjects/customer/c-kept", null).statusCode());
        assertProblem(client.send("PUT", path, gold), 409, "erased");
    }

    @Test
    void whatCannotBeStoredIsSaidWithoutRepeatingIt() throws Exception {
        String path = "/v1/profiles/customer/c-bad";
        HttpResponse<String> reply =
                client.send("PUT", path, "{\"profile\":{\"tier\":\"canary\",\"orders_90d\":1},\"country\":\"DE\"}");
        assertProblem(reply, 400, "invalid-value");
        assertEquals(
                "/profile/tier", MAPPER.readTree(reply.body()).get("pointer").textValue());
        assertFalse(reply.body().contains("canary"));
        assertProblem(client.send("PUT", path, "{\"profile\":{\"tier\":null}}"), 400, "wrong-type");
        assertProblem(client.send("PUT", path, "{\"value\":{}}"), 400, "unknown-field");
        assertProblem(client.send("PUT", "/v1/profiles/nobody/x", "{\"profile\":{}}"), 400, "unknown-namespace");
        assertProblem(
                client.send("PUT", path, "{\"profile\":{}}", "X-Meridian-Home-Region", "us-east"), 421, "misdirected");
        assertProblem(client.send("PUT", path, "{\"profile\":{},\"homeRegion\":\"nowhere\"}"), 400, "unknown-region");
        assertProblem(
                client.send(
                        "PUT",
                        "/v1/subjects/customer/c-bad/consent",
                        "{\"given\":[\"MEASURE\"],\"refused\":[\"MEASURE\"]}"),
                400,
                "invalid-value");
    }

    @Test
    void aStatementOfConsentSaysSomethingAndTheLaterOneStands() throws Exception {
        String path = "/v1/subjects/customer/c-order/consent";
        for (String nothing : new String[] {
            "{}",
            "{\"given\":[]}",
            "{\"given\":[],\"refused\":[],\"explicit\":[]}",
            "{\"country\":\"DE\",\"at\":\"2026-01-01T00:00:00Z\"}"
        }) {
            assertProblem(client.send("PUT", path, nothing), 400, "missing-field");
        }
        Instant said = Instant.now().minus(1, ChronoUnit.HOURS);
        String refused = "{\"refused\":[\"MEASURE\"],\"at\":\"" + said + "\"}";
        String agreed = "{\"given\":[\"MEASURE\"],\"at\":\"" + said.minusSeconds(1) + "\"}";
        assertEquals(204, client.send("PUT", path, refused).statusCode());
        assertProblem(client.send("PUT", path, agreed), 409, "outdated");
        assertEquals(204, client.send("PUT", path, refused).statusCode());
    }

    private JsonNode decide(String id) throws Exception {
        return MAPPER.readTree(client.post(
                        "/v1/decide",
                        "{\"placements\":[{\"id\":\"home-hero\"}],\"subject\":{\"ids\":[{\"ns\":\"customer\",\"id\":\""
                                + id + "\"}]},\"context\":{\"country\":\"DE\",\"channel\":\"web\"}}")
                .body());
    }

    private HttpResponse<String> consent(String id, String body) {
        return client.send("PUT", "/v1/subjects/customer/" + id + "/consent", body);
    }

    private String status(String event) throws Exception {
        HttpResponse<String> reply = client.post("/v1/events", event, "Content-Type", "application/cloudevents+json");
        assertTrue(reply.statusCode() == 200, reply.body());
        return MAPPER.readTree(reply.body()).at("/results/0/status").textValue();
    }

    private static String impression(String id, String subject, String offer, String token, Instant at) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id
                + "\",\"source\":\"/shop\",\"type\":\"io.meridian.impression\",\"time\":\"" + at
                + "\",\"traceparent\":\"00-0-0-0\",\"data\":{\"subject\":{\"ns\":\"customer\",\"id\":\"" + subject
                + "\"},\"placement\":\"home-hero\",\"offer\":\"" + offer + "\",\"country\":\"DE\""
                + (token == null ? "" : ",\"token\":\"" + token + "\"") + "}}";
    }

    private static void assertProblem(HttpResponse<String> reply, int status, String slug) throws Exception {
        assertEquals(status, reply.statusCode(), reply.body());
        assertEquals(
                "urn:meridian:problem:" + slug,
                MAPPER.readTree(reply.body()).get("type").textValue());
    }
}
