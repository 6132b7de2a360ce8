package io.meridian.edge.adapter.http.overload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that slow clients cannot hold a region: counts connections, takes no more than so many, and ends those that send a request or
 * take an answer too slowly. The server's own time-outs end what is silent; a byte now and then is enough for them.
 *
 * <p>The framework has no place for this, but every channel knows the one that accepted it: the first request brings us there, and from then
 * on each new connection is met before anything is read of it.
 */
public final class ConnectionWatch {
    /** Why a connection was ended. */
    enum End {
        /** There are as many as there may be. */
        FULL,
        /** A request's head takes too long. */
        HEAD,
        /** A request's body takes too long. */
        BODY,
        /** Its answers are not read. */
        UNREAD
    }

    private static final String ACCEPTING = "meridian-accepting";
    private static final long LOOK_SECONDS = 1;

    /** Once the door is closed, silence of so long is not that of a client who has just connected and begins to ask. */
    static final long QUIET_MILLIS = 250;

    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final Counter[] ended = new Counter[End.values().length];
    private final Set<Rounds> allRounds = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<@Nullable Rounds> rounds = new ThreadLocal<>();
    private final Accepting accepting = new Accepting();
    private volatile boolean closing;

    /** @param most connections at once, 1 or more */
    public ConnectionWatch(MeterRegistry registry, int most) {
        this.most = most;
        registry.gauge("meridian.http.connections", open);
        for (End end : End.values()) {
            ended[end.ordinal()] = registry.counter(
                    "meridian.http.connections.ended", "because", end.name().toLowerCase(Locale.ROOT));
        }
    }

    /** What is watched of a connection; on its event loop, once a request of it was read. */
    public WatchedConnection of(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        WatchedConnection watched = channel.attr(WatchedConnection.KEY).get();
        if (watched == null) {
            // Accepted before anybody watched.
            Channel parent = channel.parent();
            if (parent != null) {
                parent.eventLoop().execute(() -> join(parent));
            }
            watched = new WatchedConnection(this);
            channel.pipeline().addFirst(watched);
        }
        return watched;
    }

    /**
     * Takes no more connections: who comes now finds the door closed instead of losing a call to the end. Those there are stay while they are used; the
     * silent ones, whom no answer can tell, are ended after {@link #QUIET_MILLIS}, and not with a call just on its way. Any thread.
     */
    public void closeDoor() {
        closing = true;
        accepting.doors.forEach(Channel::close);
        allRounds.forEach(Rounds::endSilent);
    }

    /** Meets what a listener accepts from now on. */
    void join(Channel listener) {
        accepting.join(listener);
    }

    void opened(WatchedConnection connection, EventExecutor loop) {
        open.incrementAndGet();
        Rounds mine = rounds.get();
        if (mine == null) {
            mine = new Rounds(loop);
            rounds.set(mine);
            allRounds.add(mine);
            if (closing) {
                mine.endSilent();
            }
        }
        mine.add(connection);
    }

    void closed(WatchedConnection connection) {
        open.decrementAndGet();
        Rounds mine = rounds.get();
        if (mine != null) {
            mine.watched.remove(connection);
        }
    }

    void ended(End why) {
        ended[why.ordinal()].increment();
    }

    /** Meets connections before they are used. */
    @Sharable
    private final class Accepting extends ChannelInboundHandlerAdapter {
        private final Set<Channel> doors = ConcurrentHashMap.newKeySet();

        void join(Channel server) {
            if (server.pipeline().get(ACCEPTING) == null) {
                server.pipeline().addFirst(ACCEPTING, this);
                doors.add(server);
                server.closeFuture().addListener(closed -> doors.remove(server));
                // After it is known: of this and who closes the doors, one sees the other.
                if (closing) {
                    server.close();
                }
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Channel child = (Channel) message;
            if (open.get() >= most) {
                ended(End.FULL);
                child.unsafe().closeForcibly();
                return;
            }
            child.pipeline().addLast(new WatchedConnection(ConnectionWatch.this));
            context.fireChannelRead(message);
        }
    }

    /** Looks at the connections of one event loop once a second, while there are any. */
    private static final class Rounds implements Runnable {
        private final EventExecutor loop;
        private final Set<WatchedConnection> watched = new HashSet<>();
        private boolean looking;
        private boolean ending;

        Rounds(EventExecutor loop) {
            this.loop = loop;
        }

        void add(WatchedConnection connection) {
            watched.add(connection);
            if (!looking) {
                looking = true;
                loop.schedule(this, LOOK_SECONDS, TimeUnit.SECONDS);
            }
        }

        @Override
        public void run() {
            // Ending one takes it out of the set.
            for (WatchedConnection connection : new ArrayDeque<>(watched)) {
                connection.look();
            }
            looking = !watched.isEmpty();
            if (looking) {
                loop.schedule(this, LOOK_SECONDS, TimeUnit.SECONDS);
            }
        }

        /** From now on, until the loop ends. Any thread. */
        void endSilent() {
            loop.execute(() -> {
                if (!ending) {
                    ending = true;
                    lookForSilence();
                }
            });
        }

        private void lookForSilence() {
            for (WatchedConnection connection : new ArrayDeque<>(watched)) {
                connection.endIfSilent();
            }
            loop.schedule(this::lookForSilence, QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
