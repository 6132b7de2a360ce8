package io.meridian.edge.adapter.http.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a connection is ended for and what not, by looks and not by a clock. */
class WatchedConnectionTest {
    private static final int MANY = 60;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WatchedConnection connection = new WatchedConnection(new ConnectionWatch(registry, 10));
    private final EmbeddedChannel channel = new EmbeddedChannel(connection);

    private void comes(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            connection.look();
        }
    }

    private double open() {
        return registry.get("meridian.http.connections").gauge().value();
    }

    private double ended(String because) {
        return registry.get("meridian.http.connections.ended")
                .tag("because", because)
                .counter()
                .count();
    }

    @Test
    void isCountedOnceUntilItIsClosed() {
        assertEquals(1, open());
        channel.close();
        channel.runPendingTasks();
        assertEquals(0, open());
    }

    @Test
    void isCountedUntilItIsClosedEvenIfAnUpgradeTakesItsHandlers() {
        channel.pipeline().remove(connection);
        assertEquals(1, open());
        channel.close();
        channel.runPendingTasks();
        assertEquals(0, open());
    }

    @Test
    void aHeadThatDoesNotEndEndsIt() {
        comes("GET /");
        look(WatchedConnection.HEAD_LOOKS);
        assertTrue(channel.isOpen());
        look(1);
        assertFalse(channel.isOpen());
        assertEquals(1, ended("head"));
    }

    @Test
    void theBodyOfARefusedRequestIsNoHead() {
        comes("POST /");
        Visit visit = new Visit(connection, false);
        visit.passesBy();
        visit.handle(Future.succeededFuture());
        comes("{");
        look(WatchedConnection.BODY_LOOKS);
        comes("}");
        visit.hasRead();
        look(MANY);
        assertTrue(channel.isOpen());
        comes("GET /");
        look(WatchedConnection.HEAD_LOOKS + 1);
        assertEquals(1, ended("head"));
    }

    @Test
    void theBodyOfARefusedRequestIsNotWaitedForLongerThanAnother() {
        comes("POST /");
        Visit visit = new Visit(connection, false);
        visit.passesBy();
        visit.handle(Future.succeededFuture());
        look(WatchedConnection.BODY_LOOKS + 1);
        assertFalse(channel.isOpen());
        assertEquals(1, ended("body"));
    }

    @Test
    void whoConnectsAheadOverHttp2MayAskLater() {
        comes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        look(MANY);
        assertTrue(channel.isOpen());
    }
}
