package io.meridian.edge.adapter.http.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that take their time take no room from others, and are ended. */
@QuarkusTest
class SlowClientsTest {
    private static final String BODY = "{\"placements\":[{\"id\":\"home-hero\"}],\"context\":{\"country\":\"DE\"}}";
    private static final String DECIDE =
            "POST /v1/decide HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: ";

    @TestHTTPResource("/")
    URI base;

    @Inject
    MeterRegistry registry;

    @BeforeEach
    void somebodyWasHere() throws Exception {
        decides();
    }

    private void decides() throws IOException {
        try (RawClient client = new RawClient(base)) {
            client.send(DECIDE + BODY.length() + "\r\n\r\n" + BODY);
            assertEquals(200, client.answer().status());
        }
    }

    private double ended(String because) {
        return registry.get("meridian.http.connections.ended")
                .tag("because", because)
                .counter()
                .count();
    }

    @Test
    void aHeadThatDoesNotEndIsNotWaitedFor() throws Exception {
        double before = ended("head");
        try (RawClient client = new RawClient(base)) {
            client.send("GET /v1/decide/home-hero HTTP/1.1\r\nX-Padding: ");
            assertTrue(client.endsWhileSending("x"));
        }
        assertEquals(1, ended("head") - before);
    }

    @Test
    void bodiesThatDoNotEndTakeNoRoomAndAreNotWaitedFor() throws Exception {
        double before = ended("body");
        List<RawClient> slow = new ArrayList<>();
        try {
            // More than all event loops take at once to begin with.
            for (int i = 0; i < ConcurrencyLimit.BEGINNING * 20; i++) {
                RawClient client = new RawClient(base);
                client.send(DECIDE + "1000\r\n\r\n{");
                slow.add(client);
            }
            decides();
            assertTrue(slow.get(0).endsWhileSending(" "));
            await(() -> ended("body") - before == slow.size(), "all are ended");
        } finally {
            for (RawClient client : slow) {
                client.close();
            }
        }
    }

    @Test
    void whoDoesNotReadAnswersIsEnded() throws Exception {
        double before = ended("unread");
        String asked = "GET /q/openapi HTTP/1.1\r\nHost: here\r\n\r\n".repeat(64);
        try (RawClient client = new RawClient(base)) {
            await(
                    () -> {
                        try {
                            client.send(asked);
                        } catch (IOException ended) {
                            return true;
                        }
                        return ended("unread") > before;
                    },
                    "it is ended");
        }
        await(() -> ended("unread") - before == 1, "it is counted");
        decides();
    }

    @Test
    void whoHangsUpLeavesNothingBehind() throws Exception {
        double before = open();
        for (int i = 0; i < 50; i++) {
            try (RawClient client = new RawClient(base)) {
                client.send(DECIDE + BODY.length() + "\r\n\r\n" + BODY);
            }
        }
        await(() -> registry.get("meridian.concurrency.inflight").gauge().value() == 0, "nothing is under way");
        await(() -> open() <= before, "no connection is counted any more");
    }

    @Test
    void everyConnectionIsCountedOnceAndOnlyWhileItIsOpen() throws Exception {
        double before = open();
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                RawClient client = new RawClient(base);
                clients.add(client);
                client.send(DECIDE + BODY.length() + "\r\n\r\n" + BODY);
                assertEquals(200, client.answer().status());
            }
            // Those of others may have ended meanwhile.
            assertTrue(open() >= clients.size() && open() <= before + clients.size(), before + " -> " + open());
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        await(() -> open() <= before, "no connection is counted any more");
    }

    private double open() {
        return registry.get("meridian.http.connections").gauge().value();
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition, String what) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < deadline, "waited in vain until " + what);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
