package io.meridian.edge.adapter.http.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.http.times.RequestTimes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers see when every event loop has as much under way as it takes. */
@QuarkusTest
class TurnedAwayTest {
    private static final String DECIDE = "POST /v1/decide HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n";
    private static final String BODY = "{\"placements\":[{\"id\":\"home-hero\"}],\"context\":{\"country\":\"DE\"}}";

    @TestHTTPResource("/")
    URI base;

    @Inject
    Vertx vertx;

    @Inject
    Overload overload;

    @Inject
    MeterRegistry registry;

    @Inject
    RequestTimes times;

    private final List<Lane> filled = new ArrayList<>();

    /** Lets every event loop believe that it has so much under way, and that it has not just begun all of it. */
    private void fill(int each) throws Exception {
        VertxInternal internal = (VertxInternal) vertx;
        for (EventExecutor loop : internal.getEventLoopGroup()) {
            ContextInternal context = internal.createEventLoopContext(
                    (EventLoop) loop, null, getClass().getClassLoader());
            CompletableFuture<Lane> done = new CompletableFuture<>();
            context.runOnContext(ignored -> {
                Lane lane = overload.lane();
                for (int i = 0; i < each; i++) {
                    lane.enter();
                }
                // After the lane's next beat.
                ((EventLoop) loop).schedule(() -> done.complete(lane), 5, TimeUnit.MILLISECONDS);
            });
            Lane lane = done.get(60, TimeUnit.SECONDS);
            for (int i = 0; i < each; i++) {
                filled.add(lane);
            }
        }
    }

    @AfterEach
    void empty() {
        filled.forEach(Lane::leave);
        filled.clear();
    }

    private static String decide(String headers) {
        return DECIDE + headers + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY;
    }

    @Test
    void theExcessIsTurnedAwayAtOnceAndTheConnectionLives() throws Exception {
        try (RawClient client = new RawClient(base)) {
            client.send(decide(""));
            assertEquals(200, client.answer().status());
            fill(ConcurrencyLimit.MOST - 1);
            double before = shed(Urgency.DECIDE);
            client.send(decide(""));
            RawClient.Answer refused = client.answer();
            assertEquals(429, refused.status());
            assertTrue(refused.head().contains("retry-after: 1\r\n"), refused.head());
            assertTrue(refused.head().contains("content-type: application/problem+json"), refused.head());
            assertFalse(refused.head().contains("connection: close"), refused.head());
            assertTrue(refused.body().contains("urn:meridian:problem:overloaded"), refused.body());
            assertEquals(1, shed(Urgency.DECIDE) - before);
            empty();
            client.send(decide(""));
            assertEquals(200, client.answer().status());
        }
    }

    @Test
    void nobodyWaitsForABodyThatWillNotBeRead() throws Exception {
        fill(ConcurrencyLimit.MOST - 1);
        try (RawClient client = new RawClient(base)) {
            // It is announced and never sent.
            client.send(DECIDE + "Content-Length: 60000\r\n\r\n");
            assertEquals(429, client.answer().status());
        }
    }

    @Test
    void aConnectionInUseIsToldTheSameWithoutTheFramework() throws Exception {
        // By door: clients of other tests may still ask at others.
        Map<String, String> byDoor = Map.of(
                "decide", decide(""),
                "flag", "POST /ofrep/v1/evaluate/flags/home-hero HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n{}",
                "edge", "GET /v1/decide/home-hero?country=DE HTTP/1.1\r\nHost: here\r\n\r\n");
        for (String door : byDoor.keySet()) {
            String refused = byDoor.get(door);
            try (RawClient fresh = new RawClient(base);
                    RawClient used = new RawClient(base)) {
                used.send("GET /v1/bundle HTTP/1.1\r\nHost: here\r\n\r\n");
                assertEquals(200, used.answer().status());
                fill(ConcurrencyLimit.MOST - 1);
                double already = counted("meridian_http_requests_total", door, "4xx");
                fresh.send(refused);
                RawClient.Answer usual = fresh.answer();
                // It is counted once it is out.
                awaitThat(() -> counted("meridian_http_requests_total", door, "4xx") == already + 1);
                double before = counted("meridian_http_requests_total", door, "4xx");
                double timed = counted("meridian_http_request_seconds_count", door);
                used.send(refused);
                assertEquals(usual, used.answer());
                assertEquals(429, usual.status());
                assertEquals(1, counted("meridian_http_requests_total", door, "4xx") - before);
                assertEquals(
                        timed, counted("meridian_http_request_seconds_count", door), "the framework's way takes time");
                // Several at once, the last of which is no plain one; and one that is answered, on the same connection.
                used.send(refused + refused + decide("Expect: nothing\r\n"));
                assertEquals(429, used.answer().status());
                assertEquals(429, used.answer().status());
                assertEquals(429, used.answer().status());
                empty();
                used.send(decide(""));
                assertEquals(200, used.answer().status());
            }
        }
    }

    private static void awaitThat(BooleanSupplier holds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited in vain");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** As Prometheus sees it. */
    private double counted(String name, String... tags) {
        for (var family : times.collect()) {
            for (var sample : family.samples) {
                if (sample.name.equals(name) && sample.labelValues.equals(List.of(tags))) {
                    return sample.value;
                }
            }
        }
        throw new AssertionError("there is no " + name + List.of(tags));
    }

    @Test
    void anAnswerToHeadHasNoBody() throws Exception {
        try (RawClient client = new RawClient(base)) {
            client.send("GET /v1/bundle HTTP/1.1\r\nHost: here\r\n\r\n");
            assertEquals(200, client.answer().status());
            fill(ConcurrencyLimit.MOST - 1);
            client.send("HEAD /v1/decide/home-hero?country=DE HTTP/1.1\r\nHost: here\r\n\r\n");
            assertEquals(429, client.head());
            client.send(decide(""));
            assertEquals(429, client.answer().status());
        }
    }

    @Test
    void noParameterOfAPathLeadsPastTheGate() throws Exception {
        for (String path :
                List.of("/v1;x/decide", "/ofrep;x/v1/evaluate/flags", "/v1/subjects/customer/c-1;x/consent")) {
            try (RawClient client = new RawClient(base)) {
                client.send("POST " + path + " HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n{}");
                RawClient.Answer refused = client.answer();
                assertEquals(404, refused.status(), path);
                assertTrue(refused.body().contains("%3B"), refused.body());
            }
        }
    }

    @Test
    void openFeatureIsToldInItsOwnForm() throws Exception {
        fill(ConcurrencyLimit.MOST - 1);
        try (RawClient client = new RawClient(base)) {
            client.send("POST /ofrep/v1/evaluate/flags HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n{}");
            RawClient.Answer refused = client.answer();
            assertEquals(429, refused.status());
            assertTrue(refused.head().contains("retry-after: 1\r\n"), refused.head());
            assertTrue(refused.body().contains("\"errorCode\":\"GENERAL\""), refused.body());
        }
    }

    @Test
    void whatRightsHangOnIsStillTaken() throws Exception {
        fill(ConcurrencyLimit.MOST - 1);
        try (RawClient client = new RawClient(base)) {
            client.send("DELETE /v1/subjects/customer/c-of-nobody HTTP/1.1\r\nHost: here\r\n\r\n");
            assertNotEquals(429, client.answer().status());
            // Even if a browser or a CDN says by itself that it can wait.
            client.send("DELETE /v1/subjects/customer/c-of-nobody HTTP/1.1\r\nHost: here\r\nPriority: u=7\r\n\r\n");
            assertNotEquals(429, client.answer().status());
        }
    }

    @Test
    void whoLowersTheirPriorityLetsOthersGoFirst() throws Exception {
        // More than half of what the limit can grow to.
        fill(ConcurrencyLimit.MOST / 2);
        try (RawClient client = new RawClient(base)) {
            awaitTaken(client);
            client.send(decide("Priority: u=6\r\n"));
            assertEquals(429, client.answer().status());
            client.send("GET /v1/decide/home-hero?country=DE HTTP/1.1\r\nHost: here\r\n\r\n");
            assertEquals(429, client.answer().status());
        }
    }

    /** The limit grows while it is felt and the event loop is in time. */
    private static void awaitTaken(RawClient client) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        int status;
        do {
            client.send(decide(""));
            status = client.answer().status();
        } while (status == 429 && System.nanoTime() < deadline);
        assertEquals(200, status);
    }

    @Test
    void whoeverIsTurnedAwayMaySendTheRestAndAskAgainLater() throws Exception {
        double before = endedBySlowness();
        fill(ConcurrencyLimit.MOST - 1);
        try (RawClient client = new RawClient(base)) {
            // The first on its connection the usual way, the second the short one.
            for (int i = 0; i < 2; i++) {
                client.send(DECIDE + "Content-Length: " + BODY.length() + "\r\n\r\n");
                assertEquals(429, client.answer().status());
                client.send(BODY);
            }
            empty();
            // Longer than a head or a body may be on its way.
            CompletableFuture<Long> later = new CompletableFuture<>();
            vertx.setTimer(
                    TimeUnit.SECONDS.toMillis(WatchedConnection.BODY_LOOKS + WatchedConnection.HEAD_LOOKS / 2),
                    later::complete);
            later.get(60, TimeUnit.SECONDS);
            client.send(decide(""));
            assertEquals(200, client.answer().status());
        }
        assertEquals(before, endedBySlowness());
    }

    @Test
    void anAbsurdDeadlineIsRefusedWithItsName() throws Exception {
        try (RawClient client = new RawClient(base)) {
            for (String value : new String[] {"0", "1001", "soon", ""}) {
                client.send(decide("X-Meridian-Deadline-Ms: " + value + "\r\n"));
                RawClient.Answer refused = client.answer();
                assertEquals(400, refused.status(), value);
                assertTrue(refused.body().contains("X-Meridian-Deadline-Ms"), refused.body());
            }
            client.send(decide("X-Meridian-Deadline-Ms: 1000\r\n"));
            assertEquals(200, client.answer().status());
        }
    }

    private double endedBySlowness() {
        return registry.get("meridian.http.connections.ended").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private double shed(Urgency urgency) {
        return registry.get("meridian.shed")
                .tag("class", urgency.tag())
                .counter()
                .count();
    }
}
