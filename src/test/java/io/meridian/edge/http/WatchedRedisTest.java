package io.meridian.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.adapter.decisionlog.JsonLinesDecisionLog;
import io.meridian.edge.adapter.demo.DemoConsentString;
import io.meridian.edge.adapter.redis.RedisSettings;
import io.meridian.edge.adapter.redis.RegionMarker;
import io.meridian.edge.testing.PlainRedis;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service says to Redis, and what it answers when Redis is slow, cut off, dead or empty. */
@QuarkusTest
@TestProfile(WatchedRedis.class)
class WatchedRedisTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<Integer> EVERYTHING = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    private static final Set<Integer> NO_PERSONAL_CONTENT = Set.of(1, 2, 3, 7, 8, 9, 10, 11);

    @TestHTTPResource("/")
    URI base;

    @TestHTTPResource(value = "/q/metrics", management = true)
    URI metrics;

    @Inject
    Vertx vertx;

    @Inject
    RedisSettings settings;

    @Inject
    RegionMarker marker;

    @Inject
    JsonLinesDecisionLog log;

    private HttpClientOf client;

    @BeforeEach
    void startWhole() throws Exception {
        client = new HttpClientOf(base);
        mark();
        until(answer -> !degraded(answer).contains("PROFILE_UNAVAILABLE")
                && !degraded(answer).contains("PROFILE_TIMEOUT")
                && !degraded(answer).contains("REGION_UNMARKED"));
        // Writes have a connection of their own.
        String consent = "{\"given\":[\"STORE\",\"SELECT_CONTENT\",\"BUILD_PROFILE\",\"MEASURE\"],\"country\":\"DE\"}";
        spin(() -> client.send("PUT", "/v1/subjects/customer/c-watched/consent", consent)
                        .statusCode()
                == 204);
        HttpResponse<String> stored = client.send("PUT", "/v1/profiles/customer/c-watched", profile("m"));
        assertTrue(stored.statusCode() / 100 == 2, stored.body());
    }

    @AfterEach
    void leaveWhole() {
        WatchedRedis.wire.delay(0);
        WatchedRedis.wire.blackHole(false);
        WatchedRedis.wire.refuse(false);
        // What a black hole swallowed is gone for good; no real connection goes on after that.
        WatchedRedis.wire.reset();
    }

    private static String profile(String size) {
        return "{\"profile\":{\"tier\":\"gold\",\"orders_365d\":9,\"days_since_order\":8,\"spend_365d\":900.5,"
                + "\"sessions_30d\":8,\"clothing_size\":\"" + size + "\"},\"country\":\"DE\"}";
    }

    @Test
    void aGrantedDecisionIsOneCommandAndADeniedOneNone() throws Exception {
        assertEquals(List.of("MGET"), commandsOf(() -> assertPersonal(decide(EVERYTHING), true)));
        assertEquals(List.of(), commandsOf(() -> assertPersonal(decide(NO_PERSONAL_CONTENT), false)));
        assertEquals(List.of("EVALSHA"), commandsOf(() -> assertPersonal(decide(null), true)));
        // Where sensitive data could matter, only a stored explicit consent opens it: that has to be asked first.
        String companion = body("c-watched", EVERYTHING).replace("home-hero", "product-companion");
        assertEquals(List.of("EVALSHA"), commandsOf(() -> client.post("/v1/decide", companion)));
        assertEquals(
                List.of(), commandsOf(() -> client.get("/v1/decide/home-hero?country=DE&channel=web&device=mobile")));
    }

    private interface Act {
        void run() throws Exception;
    }

    /** The names of the commands that touch a subject while something is done. */
    private static List<String> commandsOf(Act act) throws Exception {
        int before = WatchedRedis.wire.subjectCommands().size();
        act.run();
        List<String> all = WatchedRedis.wire.subjectCommands();
        return all.subList(before, all.size()).stream()
                .map(command -> command.split(" ", 2)[0])
                .toList();
    }

    @Test
    void aSlowRedisCostsThePersonalNotTheAnswer() throws Exception {
        WatchedRedis.wire.delay(400);
        JsonNode answer = decide(EVERYTHING);
        assertTrue(degraded(answer).contains("PROFILE_TIMEOUT"), answer.toString());
        assertPersonal(answer, false);
    }

    @Test
    void aSilentRedisCostsThePersonalNotTheAnswer() throws Exception {
        WatchedRedis.wire.blackHole(true);
        for (int i = 0; i < 20; i++) {
            JsonNode answer = decide(EVERYTHING);
            assertFalse(answer.at("/decisions/0/items/0/content").isMissingNode());
            assertTrue(
                    degraded(answer).contains("PROFILE_TIMEOUT")
                            || degraded(answer).contains("PROFILE_UNAVAILABLE"),
                    answer.toString());
        }
    }

    @Test
    void killedUnderLoadAndRestartedEmptyItAnswersThroughout() throws Exception {
        List<String> odd = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean on = new AtomicBoolean(true);
        List<Thread> load = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                HttpClientOf own = new HttpClientOf(base);
                while (on.get()) {
                    HttpResponse<String> reply = own.post("/v1/decide", body("c-watched", EVERYTHING));
                    if (reply.statusCode() != 200) {
                        odd.add(reply.statusCode() + " " + reply.body());
                    }
                }
            });
            thread.start();
            load.add(thread);
        }
        try {
            until(answer -> answer.at("/privacy/personalised").booleanValue());
            WatchedRedis.redis.kill();
            until(answer -> degraded(answer).contains("PROFILE_UNAVAILABLE"));
            WatchedRedis.redis.restart();
            // An empty Redis has forgotten who opted out: nobody is personalised until somebody vouches for it.
            until(answer -> degraded(answer).contains("REGION_UNMARKED"));
            assertEquals(
                    503,
                    client.send("PUT", "/v1/profiles/customer/c-watched", profile("m"))
                            .statusCode());
            mark();
            until(answer -> degraded(answer).isEmpty());
        } finally {
            on.set(false);
            for (Thread thread : load) {
                thread.join();
            }
        }
        assertEquals(List.of(), odd);
    }

    @Test
    void aThirdImpressionClosesTheCapAndARepeatedOneDoesNot() throws Exception {
        String offer = decide(EVERYTHING).at("/decisions/0/items/0/offer").textValue();
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    offer, decide(EVERYTHING).at("/decisions/0/items/0/offer").textValue());
            assertEquals("counted", impression("cap-" + i, offer));
            assertEquals("duplicate", impression("cap-" + i, offer));
        }
        assertFalse(
                offer.equals(decide(EVERYTHING).at("/decisions/0/items/0/offer").textValue()));
    }

    private String impression(String id, String offer) throws Exception {
        String event =
                "{\"specversion\":\"1.0\",\"type\":\"io.meridian.impression\",\"source\":\"/test\",\"id\":\"" + id
                        + "\",\"data\":{\"subject\":{\"ns\":\"customer\",\"id\":\"c-watched\"},\"placement\":\"home-hero\",\"offer\":\""
                        + offer + "\",\"country\":\"DE\"}}";
        HttpResponse<String> reply = client.post("/v1/events", event, "Content-Type", "application/cloudevents+json");
        assertEquals(200, reply.statusCode(), reply.body());
        return MAPPER.readTree(reply.body()).findValue("status").textValue();
    }

    /** Values that stand for personal data, looked for wherever they must not be. */
    @Test
    void personalDataStaysWhereItIs() throws Exception {
        String id = "canary-id-7f3a";
        String size = "canary-size-7f3a";
        List<String> logged = Collections.synchronizedList(new ArrayList<>());
        Handler handler = listening(logged);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            String consent =
                    "{\"given\":[\"STORE\",\"SELECT_CONTENT\",\"BUILD_PROFILE\",\"MEASURE\"],\"country\":\"DE\"}";
            client.send("PUT", "/v1/subjects/customer/" + id + "/consent", consent);
            client.send("PUT", "/v1/profiles/customer/" + id, profile(size));
            String tcf = DemoConsentString.of(EVERYTHING, Instant.now());
            List<HttpResponse<String>> replies = new ArrayList<>();
            replies.add(client.post("/v1/decide", body(id, EVERYTHING).replace("\"none\"", "\"full\"")));
            assertTrue(MAPPER.readTree(replies.get(0).body())
                    .at("/privacy/personalised")
                    .booleanValue());
            replies.add(client.get("/v1/decide/home-hero?country=DE", "X-Meridian-Subject", "customer/" + id));
            replies.add(client.post("/v1/decide", body(id, EVERYTHING).replace("home-hero", "nowhere")));
            replies.add(client.post("/v1/decide", body(id, EVERYTHING).replace("customer", id)));
            replies.add(client.post("/v1/decide", body(id, EVERYTHING) + "}"));
            replies.add(client.post("/v1/decide", "{\"requestId\":[\"" + id + "\"]}"));
            replies.add(client.get("/v1/decide/home-hero?country=" + id));
            replies.add(client.send("PUT", "/v1/profiles/customer/" + id, "{\"profile\":{\"tier\":\"" + size + "\"}}"));
            replies.add(client.post(
                    "/ofrep/v1/evaluate/flags/home-hero",
                    "{\"context\":{\"targetingKey\":\"" + id + "\",\"country\":\"DE\"}}"));
            String path = "/v1/profiles/customer/" + id;
            replies.add(answered(405, client.send("POST", path, "{}")));
            replies.add(answered(406, client.send("PUT", path, "{}", "Accept", "text/html")));
            replies.add(answered(415, client.send("PUT", path, "{}", "Content-Type", "text/plain")));
            replies.add(answered(413, client.send("PUT", path, " ".repeat(300_000))));
            replies.add(answered(413, client.chunked("PUT", path, " ".repeat(300_000))));
            replies.add(answered(413, client.chunked("PUT", path, " ".repeat(70_000))));
            replies.add(answered(404, client.send("PUT", "/v1/profile/" + id, "{}")));
            replies.add(answered(404, client.send("GET", "/" + id, null)));
            for (HttpResponse<String> reply : replies.subList(replies.size() - 8, replies.size())) {
                assertEquals(
                        "application/problem+json",
                        reply.headers().firstValue("Content-Type").orElse("none"),
                        reply.toString());
            }
            for (HttpResponse<String> reply : replies) {
                assertAbsent(reply.body(), id, size, tcf);
                assertAbsent(reply.headers().map().toString(), id, size, tcf);
            }
        } finally {
            root.removeHandler(handler);
        }
        assertAbsent(logged.toString(), id, size);
        assertAbsent(new HttpClientOf(metrics).get("/q/metrics").body(), id, size);
        try (PlainRedis plain = new PlainRedis(WatchedRedis.redis.port())) {
            assertAbsent(plain.keys().toString(), id, size, "customer");
        }
        spin(() -> log.waiting() == 0 && log.produced() == log.written() + log.dropped());
        try (Stream<Path> files = Files.list(Path.of("target/watched-log"))) {
            for (Path file : files.toList()) {
                assertAbsent(Files.readString(file), id, size, "c-watched");
            }
        }
    }

    private static HttpResponse<String> answered(int status, HttpResponse<String> reply) {
        assertEquals(status, reply.statusCode(), reply.body());
        return reply;
    }

    private static Handler listening(List<String> logged) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(
                        record.getMessage() + java.util.Arrays.toString(record.getParameters()) + record.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private static void assertAbsent(String text, String... canaries) {
        for (String canary : canaries) {
            assertFalse(text.contains(canary), () -> canary + " in " + text);
        }
    }

    private void mark() throws Exception {
        spin(() -> {
            try {
                marker.mark(vertx, settings, false)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
                return true;
            } catch (java.util.concurrent.ExecutionException e) {
                return false;
            }
        });
    }

    /** Asks until the answer is as wanted; fails after many tries rather than after some time. */
    private void until(Predicate<JsonNode> wanted) throws Exception {
        spin(() -> wanted.test(decide(EVERYTHING)));
    }

    private interface Check {
        boolean holds() throws Exception;
    }

    private static void spin(Check check) throws Exception {
        for (int tries = 0; tries < 20_000; tries++) {
            if (check.holds()) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("never came true");
    }

    private JsonNode decide(Set<Integer> purposes) throws Exception {
        HttpResponse<String> reply = client.post("/v1/decide", body("c-watched", purposes));
        assertEquals(200, reply.statusCode(), reply.body());
        return MAPPER.readTree(reply.body());
    }

    private static String body(String id, Set<Integer> purposes) {
        String consent = purposes == null ? "" : "\"tcf\":\"" + DemoConsentString.of(purposes, Instant.now()) + "\"";
        return "{\"subject\":{\"ids\":[{\"ns\":\"customer\",\"id\":\"" + id + "\"}]},"
                + "\"placements\":[{\"id\":\"home-hero\"}],"
                + "\"context\":{\"country\":\"DE\",\"channel\":\"web\",\"device\":\"mobile\"},"
                + "\"consent\":{" + consent + "},\"options\":{\"explain\":\"none\",\"deadlineMs\":100}}";
    }

    private static void assertPersonal(JsonNode answer, boolean expected) {
        assertEquals(expected, answer.at("/privacy/personalised").booleanValue(), answer.toString());
    }

    private static String degraded(JsonNode answer) {
        StringBuilder codes = new StringBuilder();
        answer.path("degraded").forEach(code -> codes.append(code.textValue()).append(' '));
        return codes.toString();
    }
}
