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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decisions over HTTP, with the sample configuration. */
@QuarkusTest
class DecideHttpTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String EDGE = "/v1/decide/home-hero?country=DE&channel=web";

    @TestHTTPResource("/")
    URI base;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    private HttpClientOf client;

    @BeforeEach
    void connect() {
        client = new HttpClientOf(base);
    }

    @Test
    void anAnonymousVisitorGetsAContextualAnswerThatNobodyMayKeep() throws Exception {
        HttpResponse<String> reply = client.post(
                "/v1/decide",
                "{\"requestId\":\"r-1\",\"placements\":[{\"id\":\"home-hero\"}],\"context\":{\"country\":\"DE\",\"channel\":\"web\"}}");
        assertEquals(200, reply.statusCode());
        assertEquals(
                "private, no-store", reply.headers().firstValue("Cache-Control").orElseThrow());
        assertTrue(reply.headers().firstValue("Server-Timing").orElseThrow().contains("grant;dur="));
        JsonNode answer = MAPPER.readTree(reply.body());
        assertEquals("r-1", answer.get("requestId").textValue());
        assertEquals(
                7,
                java.util.UUID.fromString(answer.get("decisionId").textValue()).version());
        assertEquals("home-hero", answer.at("/decisions/0/placement").textValue());
        assertTrue(answer.at("/decisions/0/items/0/content").isObject());
        assertTrue(answer.at("/decisions/0/items/0/token").isTextual());
        assertFalse(answer.at("/privacy/personalised").booleanValue());
    }

    @Test
    void aDryRunHandsOutNoToken() throws Exception {
        HttpResponse<String> reply = client.post(
                "/v1/decide",
                "{\"placements\":[{\"id\":\"home-hero\"}],\"options\":{\"dryRun\":true,\"explain\":\"full\"}}");
        JsonNode answer = MAPPER.readTree(reply.body());
        assertTrue(answer.at("/decisions/0/items/0/token").isMissingNode());
        assertTrue(answer.at("/decisions/0/trace/candidates/0/verdict").isTextual());
    }

    @Test
    void sharedCachesMayKeepWhatIsOfNobody() throws Exception {
        HttpResponse<String> reply = client.get(EDGE);
        String cacheControl = reply.headers().firstValue("Cache-Control").orElseThrow();
        assertTrue(cacheControl.matches("public, s-maxage=([1-9]|[1-5][0-9]|60)"), cacheControl);
        String vary = reply.headers().firstValue("Vary").orElseThrow();
        for (String header : new String[] {"X-Meridian-Subject", "Sec-GPC", "euconsent-v2", "gpp", "Cookie"}) {
            assertTrue((vary + ",").contains(header + ","), vary);
        }
        JsonNode answer = MAPPER.readTree(reply.body());
        assertFalse(answer.has("decisionId") || answer.has("requestId"));
        assertTrue(answer.at("/decisions/0/items/0/token").isMissingNode());

        String tag = reply.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = client.get(EDGE, "If-None-Match", "\"other\", W/" + tag);
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
        assertEquals(tag, again.headers().firstValue("ETag").orElseThrow());
        assertEquals(200, client.get(EDGE, "If-None-Match", "\"other\"").statusCode());
    }

    @Test
    void anAnswerToSomebodyIsNeverShared() throws Exception {
        HttpResponse<String> reply = client.get(EDGE, "X-Meridian-Subject", "customer/c-1001");
        assertEquals(
                "private, no-store", reply.headers().firstValue("Cache-Control").orElseThrow());
        assertTrue(reply.headers().firstValue("ETag").isEmpty());
        assertTrue(MAPPER.readTree(reply.body()).has("decisionId"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/decide/home-hero?subject=c-1, 400, unknown-parameter",
        "GET, /v1/decide/home-hero?id=c-1, 400, unknown-parameter",
        "GET, /v1/decide/home-hero?country=DE&country=FR, 400, invalid-parameter",
        "GET, /v1/decide/home-hero?country=Germany, 400, invalid-parameter",
        "GET, /v1/decide/home-hero?count=21, 400, invalid-parameter",
        "GET, /v1/decide/home-hero?attr.cart.value=much, 400, invalid-parameter",
        "GET, /v1/decide/home-hero?attr.shoe=42, 400, unknown-attribute",
        "GET, /v1/decide/home-hero?market=xx, 400, unknown-market",
        "GET, /v1/decide/nope, 404, unknown-placement",
        "GET, /v1/nope, 404, not-found",
        "GET, /v1/decide, 405, method-not-allowed"
    })
    void everyErrorIsAProblem(String method, String path, int status, String slug) throws Exception {
        assertProblem(client.send(method, path, null), status, slug);
    }

    @Test
    void theFrameworksErrorsAreProblemsToo() throws Exception {
        assertProblem(client.post("/v1/decide", "{}", "Content-Type", "text/plain"), 415, "unsupported-media-type");
        assertProblem(client.post("/v1/decide", "{}", "Accept", "text/html"), 406, "not-acceptable");
        assertProblem(client.post("/v1/decide", " ".repeat(65_537)), 413, "body-too-large");
        assertProblem(client.post("/v1/decide", " ".repeat(300_000)), 413, "body-too-large");
        assertProblem(client.post("/v1/decide", ""), 400, "malformed-json");
    }

    @Test
    void aVisitorFromAnotherRegionIsSentThere() throws Exception {
        HttpResponse<String> reply = client.post(
                "/v1/decide",
                "{\"placements\":[{\"id\":\"home-hero\"}],\"subject\":{\"ids\":[{\"ns\":\"customer\",\"id\":\"c-1\"}],\"homeRegion\":\"us-east\"}}");
        assertProblem(reply, 421, "misdirected");
        assertEquals("us-east", MAPPER.readTree(reply.body()).get("homeRegion").textValue());
    }

    @Test
    void whoAndWhereAreSaidOnce() throws Exception {
        String subject = "X-Meridian-Subject";
        String region = "X-Meridian-Home-Region";
        assertProblem(client.get(EDGE, subject, "customer/c-1", subject, "customer/c-2"), 400, "invalid-parameter");
        assertProblem(client.get(EDGE, region, "eu-central", region, "us-east"), 400, "invalid-parameter");
        assertProblem(
                client.send("DELETE", "/v1/subjects/customer/c-1", null, region, "eu-central", region, "us-east"),
                400,
                "invalid-parameter");
    }

    @Test
    void tellsWhichBundleDecides() throws Exception {
        JsonNode bundle = MAPPER.readTree(client.get("/v1/bundle").body());
        assertEquals("eu-central", bundle.get("region").textValue());
        assertTrue(bundle.get("digest").textValue().startsWith("sha256:"));
    }

    @Test
    void countsAnswersAndProblemsByWhatTheyAre() {
        client.get(EDGE);
        client.get("/v1/decide/canary-placement");
        client.send("PUT", "/v1/profiles/nowhere/canary", "{\"profile\":{}}");
        String counted = new HttpClientOf(metrics).get(metrics.getPath()).body();
        assertTrue(counted.lines()
                .anyMatch(line -> line.matches("meridian_answers_total\\{reason=\"contextual\"} [1-9].*")));
        assertTrue(counted.lines()
                .anyMatch(line -> line.matches("meridian_problems_total\\{type=\"unknown-placement\"} [1-9].*")));
        assertTrue(counted.lines()
                .anyMatch(line ->
                        line.matches("meridian_writes_total\\{act=\"replace_profile\",status=\"rejected\"} [1-9].*")));
        assertFalse(counted.contains("canary"), "what a caller sends makes no series");
    }

    private static void assertProblem(HttpResponse<String> reply, int status, String slug) throws Exception {
        assertEquals(status, reply.statusCode(), reply.body());
        assertEquals(
                "application/problem+json",
                reply.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(
                "private, no-store", reply.headers().firstValue("Cache-Control").orElseThrow());
        JsonNode problem = MAPPER.readTree(reply.body());
        assertEquals("urn:meridian:problem:" + slug, problem.get("type").textValue());
        assertEquals(status, problem.get("status").intValue());
        assertFalse(reply.body().contains("c-1"), reply.body());
    }
}
