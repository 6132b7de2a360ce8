package io.meridian.edge.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@code /v1/status}: what it looks like from outside. What it judges is {@code ChecksTest}'s matter. */
@QuarkusTest
class StatusHttpTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestHTTPResource("/")
    URI base;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    private HttpResponse<String> status(String query, String accept) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(metrics.resolve("/v1/status" + query));
        if (accept != null) {
            request.header("Accept", accept);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Programs rely on these names. */
    @Test
    void theJsonHasItsShape() throws Exception {
        CLIENT.send(
                HttpRequest.newBuilder(base.resolve("/v1/decide/home-hero?country=DE&channel=web"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        JsonNode status = MAPPER.readTree(status("?format=json", null).body());
        assertEquals(
                List.of(
                        "region",
                        "version",
                        "upSince",
                        "time",
                        "verdict",
                        "checks",
                        "windowSeconds",
                        "stages",
                        "degraded"),
                names(status));
        assertEquals("eu-central", status.get("region").asText());
        assertFalse(Instant.parse(status.get("time").asText())
                .isBefore(Instant.parse(status.get("upSince").asText())));
        assertEquals(List.of("level", "says", "check"), names(status.get("verdict")));
        List<String> checks = new ArrayList<>();
        Set<String> facts = new TreeSet<>();
        for (JsonNode check : status.get("checks")) {
            assertEquals(List.of("id", "title", "level", "findings", "facts"), names(check));
            checks.add(check.get("id").asText());
            names(check.get("facts")).forEach(fact -> facts.add(check.get("id").asText() + "." + fact));
            for (JsonNode finding : check.get("findings")) {
                assertEquals(List.of("level", "says", "runbook"), names(finding));
            }
        }
        assertEquals(List.of("decisions", "bundle", "redis", "models", "load", "records", "process"), checks);
        assertTrue(
                facts.containsAll(Set.of(
                        "decisions.perSecond",
                        "bundle.revision",
                        "bundle.digest",
                        "bundle.stale",
                        "redis.topology",
                        "redis.ready",
                        "redis.marked",
                        "models.loaded",
                        "load.inFlight",
                        "records.dropped",
                        "process.residentBytes")),
                facts.toString());
        assertTrue(status.at("/checks/0/facts/sinceStart").asLong() >= 1);
        assertTrue(status.at("/checks/1/facts/revision").asLong() >= 1);
        List<String> stages = new ArrayList<>();
        for (JsonNode stage : status.get("stages")) {
            assertEquals(List.of("stage", "perSecond", "p50Ms", "p99Ms"), names(stage));
            stages.add(stage.get("stage").asText());
        }
        assertEquals(List.of("decision", "grant", "read", "subject", "eligible", "score", "arbitrate"), stages);
        assertTrue(status.at("/stages/0/p50Ms").isNumber(), "a decision was made");
        for (JsonNode code : status.get("degraded")) {
            assertEquals(List.of("code", "inWindow", "inMinutes"), names(code));
        }
    }

    @Test
    void isAPageForPeopleAndJsonForPrograms() throws Exception {
        for (String accept : List.of("*/*", "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8")) {
            assertTrue(status("", accept).body().startsWith("<!doctype html>"), accept);
        }
        assertTrue(status("?format=html", "application/json").body().startsWith("<!doctype html>"));
        HttpResponse<String> json = status("", "application/json");
        assertEquals(
                "application/json", json.headers().firstValue("Content-Type").orElse(""));
        MAPPER.readTree(json.body());
        assertEquals(400, status("?format=xml", null).statusCode());
    }

    @Test
    void thePageLoadsNothingAndRunsNothing() throws Exception {
        HttpResponse<String> page = status("", "text/html");
        assertEquals("no-store", page.headers().firstValue("Cache-Control").orElse(""));
        assertFalse(page.body().contains("<script"), "no script");
        assertFalse(page.body().contains("src="), "nothing is loaded");
        assertFalse(page.body().contains("style="), "the policy forbids it");
        assertTrue(page.body().contains("http-equiv=\"refresh\""), "asks again");
        assertTrue(page.body().contains("width=device-width"), "fits a phone");
        String style = page.body().split("<style>")[1].split("</style>")[0];
        String digest = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.contains("default-src 'none'"), policy);
        assertTrue(policy.contains("'sha256-" + digest + "'"), "the one style is allowed: " + policy);
    }

    @Test
    void isNotOnThePortOfDecisions() throws Exception {
        HttpResponse<String> reply = CLIENT.send(
                HttpRequest.newBuilder(base.resolve("/v1/status")).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(404, reply.statusCode());
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
