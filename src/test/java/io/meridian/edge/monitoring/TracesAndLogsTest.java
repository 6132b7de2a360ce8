package io.meridian.edge.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.junit.jupiter.api.Test;

/** What leaves the service for those who watch it: traces to a collector, and its log. */
@QuarkusTest
@TestProfile(Collector.class)
class TracesAndLogsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String CANARY = "canary7391";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestHTTPResource("/")
    URI base;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    private static String newTrace() {
        return String.format(
                "%016x%016x",
                ThreadLocalRandom.current().nextLong() | 1,
                ThreadLocalRandom.current().nextLong());
    }

    private static String body(String id) {
        return "{\"subject\":{\"ids\":[{\"ns\":\"customer\",\"id\":\"" + id + "\"}]},\"placements\":"
                + "[{\"id\":\"home-hero\",\"count\":1}],\"context\":{\"country\":\"DE\",\"channel\":\"web\","
                + "\"locale\":\"de-" + CANARY.substring(0, 3) + "\"},\"consent\":{\"gpc\":false}}";
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The spans of a trace, the request's own first, once they have come. */
    private static List<JsonNode> awaitSpans(String trace) throws Exception {
        Instant until = Instant.now().plus(PATIENCE);
        List<JsonNode> spans = Collector.spans(trace);
        while (spans.isEmpty() && Instant.now().isBefore(until)) {
            Thread.onSpinWait();
            spans = Collector.spans(trace);
        }
        assertFalse(spans.isEmpty(), "no span of " + trace + " came");
        return spans;
    }

    @Test
    void aDecisionOfARecordedTraceIsASpanWithAChildPerStage() throws Exception {
        String trace = newTrace();
        long before = System.currentTimeMillis();
        HttpResponse<String> reply =
                post("/v1/decide", body("c-1001"), "traceparent", "00-" + trace + "-" + PARENT + "-01");
        assertEquals(200, reply.statusCode(), reply.body());
        List<JsonNode> spans = awaitSpans(trace);
        JsonNode request = spans.get(0);
        assertEquals(PARENT, request.get("parentSpanId").asText());
        assertEquals("POST /v1/decide", request.get("name").asText());
        assertEquals(2, request.get("kind").asInt());
        Map<String, JsonNode> attributes = attributes(request);
        assertEquals(
                Set.of(
                        "http.request.method",
                        "http.route",
                        "http.response.status_code",
                        "meridian.bundle.revision",
                        "meridian.market",
                        "meridian.jurisdiction",
                        "meridian.placements",
                        "meridian.reasons",
                        "meridian.degraded"),
                attributes.keySet());
        assertEquals(
                "200",
                attributes.get("http.response.status_code").get("intValue").asText());
        assertEquals(
                "home-hero",
                attributes
                        .get("meridian.placements")
                        .at("/arrayValue/values/0/stringValue")
                        .asText());
        Set<String> stages = new TreeSet<>();
        long from = Long.parseLong(request.get("startTimeUnixNano").asText());
        long to = Long.parseLong(request.get("endTimeUnixNano").asText());
        assertTrue(from / 1_000_000 >= before - 1000 && to >= from, from + " to " + to);
        Set<String> ids = new TreeSet<>(Set.of(request.get("spanId").asText()));
        for (JsonNode stage : spans.subList(1, spans.size())) {
            stages.add(stage.get("name").asText());
            assertEquals(request.get("spanId"), stage.get("parentSpanId"));
            assertTrue(ids.add(stage.get("spanId").asText()), "span ids are unique");
            long began = Long.parseLong(stage.get("startTimeUnixNano").asText());
            long ended = Long.parseLong(stage.get("endTimeUnixNano").asText());
            assertTrue(from <= began && began <= ended && ended <= to, stage + " lies within " + request);
        }
        assertTrue(stages.containsAll(Set.of("grant", "subject", "eligible", "score", "arbitrate")), stages.toString());
        assertEquals(List.of(), Collector.TROUBLES);
    }

    @Test
    void pathsAreTemplatesAndOpenFeatureIsTracedToo() throws Exception {
        String trace = newTrace();
        get("/v1/decide/home-hero?country=DE&channel=web", "traceparent", "00-" + trace + "-" + PARENT + "-01");
        JsonNode request = awaitSpans(trace).get(0);
        assertEquals("GET /v1/decide/{placement}", request.get("name").asText());
        String flags = newTrace();
        post(
                "/ofrep/v1/evaluate/flags/home-hero",
                "{\"context\":{\"targetingKey\":\"" + CANARY + "\",\"country\":\"DE\"}}",
                "traceparent",
                "00-" + flags + "-" + PARENT + "-01");
        assertEquals(
                "POST /ofrep/v1/evaluate/flags/{key}",
                awaitSpans(flags).get(0).get("name").asText());
    }

    @Test
    void whatIsNotRecordedOrNoTraceIsNotSent() throws Exception {
        String unsampled = newTrace();
        String broken = newTrace();
        String last = newTrace();
        post("/v1/decide", body("c-1"), "traceparent", "00-" + unsampled + "-" + PARENT + "-00");
        post("/v1/decide", body("c-1"), "traceparent", "00-" + broken + "-" + PARENT + "-1");
        post("/v1/decide", body("c-1"));
        post("/v1/decide", body("c-1"), "traceparent", "00-" + last + "-" + PARENT + "-01");
        // They are sent in the order they ended.
        awaitSpans(last);
        assertEquals(List.of(), Collector.spans(unsampled));
        assertEquals(List.of(), Collector.spans(broken));
        assertTrue(Exposition.of(metrics).value("meridian_spans_total{outcome=\"sent\"}") >= 1);
        assertEquals(0, Exposition.of(metrics).value("meridian_spans_total{outcome=\"dropped\"}"));
    }

    @Test
    void nothingOfAVisitorLeavesInTracesOrInTheLog() throws Exception {
        String last = newTrace();
        String log = logged(() -> {
            String sampled = "-" + PARENT + "-01";
            String consent = "C" + CANARY + "AAAAAAAAAA";
            post("/v1/decide", body(CANARY), "traceparent", "00-" + newTrace() + sampled, "tracestate", "a=" + CANARY);
            post("/v1/decide", body(CANARY).replace("home-hero", CANARY), "traceparent", "00-" + newTrace() + sampled);
            post("/v1/decide", "{\"" + CANARY + "\":1", "traceparent", "00-" + newTrace() + sampled);
            post("/v1/decide", body("c-1").replace("\"gpc\":false", "\"tcf\":\"" + consent + "\""));
            get("/v1/decide/" + CANARY + "?country=DE&" + CANARY + "=1", "traceparent", "00-" + newTrace() + sampled);
            get(
                    "/v1/decide/home-hero?country=DE",
                    "X-Meridian-Subject",
                    "customer/" + CANARY,
                    "euconsent-v2",
                    consent,
                    "traceparent",
                    "00-" + newTrace() + sampled);
            get("/v1/profiles/customer/" + CANARY, "traceparent", "00-" + newTrace() + sampled);
            post("/ofrep/v1/evaluate/flags/" + CANARY, "{\"context\":{\"targetingKey\":\"" + CANARY + "\"}}");
            post("/v1/decide", body("c-1"), "traceparent", "00-" + CANARY + sampled);
            post("/v1/decide", body("c-1"), "traceparent", "00-" + last + sampled);
            awaitSpans(last);
            Logger.getLogger("io.meridian.edge.test").log(Level.WARNING, "a line of the test's own");
        });
        String traced = String.join("\n", Collector.BODIES);
        assertTrue(traced.contains("/v1/decide/{placement}"), "something was traced");
        for (String left : List.of(traced, log)) {
            assertFalse(left.contains(CANARY), left);
            assertFalse(left.contains("tracestate"), left);
        }
        for (String line : log.split("\n")) {
            JsonNode json = MAPPER.readTree(line);
            for (String field : List.of("timestamp", "level", "logger", "message", "region", "thread", "host")) {
                assertTrue(json.hasNonNull(field), field + " in " + line);
            }
            Instant.parse(json.get("timestamp").asText());
            assertEquals("eu-central", json.get("region").asText());
        }
        JsonNode own = MAPPER.readTree(List.of(log.split("\n")).stream()
                .filter(line -> line.contains("a line of the test's own"))
                .findFirst()
                .orElseThrow());
        assertTrue(own.at("/mdc/bundleRevision").asLong() > 0, own.toString());
    }

    private interface Act {
        void run() throws Exception;
    }

    /** What the console shows while something is done. */
    private static String logged(Act act) throws Exception {
        ConsoleHandler console =
                console(org.jboss.logmanager.Logger.getLogger("").getHandlers());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        console.setOutputStream(bytes);
        try {
            act.run();
            console.flush();
        } finally {
            console.setTarget(ConsoleHandler.Target.SYSTEM_OUT);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static ConsoleHandler console(Handler[] handlers) {
        for (Handler handler : handlers) {
            if (handler instanceof ConsoleHandler console) {
                return console;
            }
            if (handler instanceof ExtHandler outer && outer.getHandlers().length > 0) {
                return console(outer.getHandlers());
            }
        }
        throw new IllegalStateException("there is no console among " + List.of(handlers));
    }

    private static Map<String, JsonNode> attributes(JsonNode span) {
        Map<String, JsonNode> attributes = new HashMap<>();
        List<String> twice = new ArrayList<>();
        for (JsonNode attribute : span.get("attributes")) {
            if (attributes.put(attribute.get("key").asText(), attribute.get("value")) != null) {
                twice.add(attribute.get("key").asText());
            }
        }
        assertEquals(List.of(), twice);
        return attributes;
    }
}
