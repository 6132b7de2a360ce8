package io.meridian.edge.adapter.http.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a connection is ended for and what not, by looks and not by a clock. */
class WatchedConnectionTest {
    private static final int MANY = 60;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ConnectionWatch watch = new ConnectionWatch(registry, 10);
    private final WatchedConnection connection = new WatchedConnection(watch);
    private final EmbeddedChannel channel = new EmbeddedChannel(connection);

    private void comes(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            connection.look();
        }
    }

    /** The connections' loop comes round to it so many times after the door was closed. */
    private void isQuiet(int times) {
        for (int i = 0; i < times; i++) {
            channel.advanceTimeBy(ConnectionWatch.QUIET_MILLIS, TimeUnit.MILLISECONDS);
            channel.runPendingTasks();
        }
    }

    private void closeDoor() {
        watch.closeDoor();
        channel.runPendingTasks();
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
        visit.end();
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
        visit.end();
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

    @Test
    void aSingleAnswerThatNobodyReadsEndsIt() {
        WatchedConnection unread = new WatchedConnection(new ConnectionWatch(registry, 10));
        SlowReader client = new SlowReader(unread, 0);
        client.writeAndFlush(Unpooled.wrappedBuffer(new byte[MANY]));
        assertTrue(client.isWritable(), "far less than what waits without being asked about");
        // The first look sees what there is, those after it that nothing of it has left.
        for (int i = 0; i <= WatchedConnection.UNREAD_LOOKS; i++) {
            unread.look();
        }
        assertTrue(client.isOpen());
        unread.look();
        assertFalse(client.isOpen());
        assertEquals(1, ended("unread"));
    }

    @Test
    void anAnswerThatIsReadSlowlyDoesNot() {
        WatchedConnection slow = new WatchedConnection(new ConnectionWatch(registry, 10));
        SlowReader client = new SlowReader(slow, 1);
        client.writeAndFlush(Unpooled.wrappedBuffer(new byte[MANY]));
        for (int i = 0; i < MANY / 2; i++) {
            slow.look();
            client.flush();
        }
        assertTrue(client.isOpen());
        assertEquals(0, ended("unread"));
        client.close();
    }

    @Test
    void whoIsSilentWhenTheDoorHasClosedIsEndedSoonAndNotAtOnce() {
        comes("GET /");
        connection.began(false);
        connection.answered();
        closeDoor();
        assertTrue(channel.isOpen(), "who has just connected asks in a moment");
        isQuiet(1);
        assertFalse(channel.isOpen());
        assertEquals(0, open());
        for (ConnectionWatch.End why : ConnectionWatch.End.values()) {
            assertEquals(0, ended(why.name().toLowerCase(Locale.ROOT)), "it did nothing wrong");
        }
    }

    @Test
    void whoConnectedAheadAndNeverAskedIsEndedToo() {
        closeDoor();
        isQuiet(1);
        assertFalse(channel.isOpen());
    }

    @Test
    void whoHasBegunToAskIsAnsweredAlsoWhenTheDoorHasClosed() {
        closeDoor();
        comes("GET");
        isQuiet(3);
        assertTrue(channel.isOpen(), "a head is on its way");
        comes(" /");
        connection.began(false);
        isQuiet(3);
        assertTrue(channel.isOpen(), "it is worked on");
        connection.answered();
        isQuiet(1);
        assertTrue(channel.isOpen());
        isQuiet(1);
        assertFalse(channel.isOpen());
    }

    @Test
    void anAnswerThatIsOnItsWayIsNotCutWhenTheDoorHasClosed() {
        WatchedConnection slow = new WatchedConnection(watch);
        SlowReader client = new SlowReader(slow, 1);
        client.writeAndFlush(Unpooled.wrappedBuffer(new byte[MANY]));
        slow.endIfSilent();
        slow.endIfSilent();
        assertTrue(client.isOpen());
        client.unsafe().outboundBuffer().remove();
        slow.endIfSilent();
        slow.endIfSilent();
        assertFalse(client.isOpen());
    }

    @Test
    void aDoorThatIsMetAfterTheOthersHaveClosedIsClosedAsWell() {
        watch.closeDoor();
        EmbeddedChannel server = new EmbeddedChannel();
        watch.join(server);
        assertFalse(server.isOpen());
    }

    @Test
    void aDoorThatWasMetBeforeIsClosedWithTheOthers() {
        EmbeddedChannel server = new EmbeddedChannel();
        watch.join(server);
        assertTrue(server.isOpen());
        watch.closeDoor();
        assertFalse(server.isOpen());
    }

    /** A channel whose client takes so many bytes at a time of what is to be written. */
    private static final class SlowReader extends EmbeddedChannel {
        private final int bytes;

        SlowReader(WatchedConnection watched, int bytes) {
            super(watched);
            this.bytes = bytes;
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer out) {
            out.progress(bytes);
        }
    }
}
