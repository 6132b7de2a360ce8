package io.meridian.edge.adapter.http.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.http.Deliveries;
import io.meridian.edge.adapter.http.access.ApiKeys;
import io.meridian.edge.adapter.http.access.Caller;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever connects holds little, and whoever waits for a bundle to be compiled is not hung up on. */
class AdminServerTest {
    private static final String KEY = "operate-operate-operate-operate-operate-oper";
    private static final ApiKeys KEYS =
            ApiKeys.of(List.of(new ApiKeys.Entry("ops", ApiKeys.hash(KEY), List.of("operate"))));

    private final CompletableFuture<Administration.Answer> pending = new CompletableFuture<>();
    private final Semaphore pushed = new Semaphore(0);
    private final Queue<String> turnedAway = new ConcurrentLinkedQueue<>();
    private final List<Socket> sockets = new ArrayList<>();
    private Vertx vertx;
    private AdminServer server;

    /** Never done with what is pushed. */
    private final class Slow implements Administration {
        @Override
        public CompletionStage<Answer> push(byte[] archive, boolean stage, Caller caller) {
            pushed.release();
            return pending;
        }

        @Override
        public CompletionStage<Answer> activate(long revision, Caller caller) {
            return pending;
        }

        @Override
        public CompletionStage<Answer> rollBack(long revision, String order, Caller caller) {
            return pending;
        }

        @Override
        public ActiveBundle.Activation active() {
            return null;
        }

        @Override
        public Deliveries.State state() {
            throw new IllegalStateException();
        }

        @Override
        public List<String> history(int limit) {
            return List.of();
        }

        @Override
        public void turnedAway(String who, String code) {
            turnedAway.add(who + " " + code);
        }
    }

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        listen(60_000);
    }

    private void listen(int firstRequestMillis) throws Exception {
        server = AdminServer.listen(vertx, "127.0.0.1", 0, KEYS, new Slow(), 1_000, firstRequestMillis);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        sockets.add(socket);
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String push(int length) {
        return "POST /v1/bundles HTTP/1.1\r\nHost: x\r\nX-API-Key: " + KEY + "\r\nContent-Length: " + length
                + "\r\n\r\n" + "x".repeat(Math.min(10, length));
    }

    private static String line(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    @Test
    void aConnectionWithoutARequestIsClosed() throws Exception {
        server.close();
        listen(50);
        assertEquals(null, line(send("POST /v1/bundles HTTP/1.1\r\nHost: x\r\n")), "half a head");
    }

    @Test
    void fewBodiesAreHeldAtOnceAndRoomIsMadeWhenACallerGoes() throws Exception {
        for (int i = 0; i < AdminDoors.MAX_BODIES; i++) {
            send(push(10));
        }
        assertTrue(pushed.tryAcquire(AdminDoors.MAX_BODIES, 60, TimeUnit.SECONDS));
        assertEquals("HTTP/1.1 503 Service Unavailable", line(send(push(10))));
        sockets.get(0).close();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (pushed.availablePermits() == 0) {
            int refused = turnedAway.size();
            send(push(10));
            while (pushed.availablePermits() == 0 && turnedAway.size() == refused) {
                assertTrue(System.nanoTime() < deadline, "neither taken nor refused");
                Thread.onSpinWait();
            }
            assertTrue(System.nanoTime() < deadline, "no room was made");
        }
    }

    @Test
    void whatIsRefusedBeforeItIsLookedAtIsToldTheAudit() throws Exception {
        line(send(push(2_000)));
        line(send(push(10).replace("/v1/bundles", "/v1/bundles?stage=maybe")));
        line(send(push(0).replace("/v1/bundles", "/v1/bundles/0/activate")));
        assertEquals(
                List.of("ops body-too-large", "ops invalid-parameter", "ops invalid-parameter"),
                List.copyOf(turnedAway));
    }
}
