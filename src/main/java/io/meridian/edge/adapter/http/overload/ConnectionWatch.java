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

    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final Counter[] ended = new Counter[End.values().length];
    private final ThreadLocal<Rounds> rounds = ThreadLocal.withInitial(Rounds::new);
    private final Accepting accepting = new Accepting();

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
                parent.eventLoop().execute(() -> accepting.join(parent));
            }
            watched = new WatchedConnection(this);
            channel.pipeline().addFirst(watched);
        }
        return watched;
    }

    /** Takes no more connections: who comes now finds the door closed instead of losing a call to the end. Those there are stay. Any thread. */
    public void closeDoor() {
        accepting.doors.forEach(Channel::close);
    }

    void opened(WatchedConnection connection, EventExecutor loop) {
        open.incrementAndGet();
        rounds.get().add(connection, loop);
    }

    void closed(WatchedConnection connection) {
        open.decrementAndGet();
        rounds.get().watched.remove(connection);
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
        private final Set<WatchedConnection> watched = new HashSet<>();
        private @Nullable EventExecutor loop;

        void add(WatchedConnection connection, EventExecutor on) {
            watched.add(connection);
            if (loop == null) {
                loop = on;
                on.schedule(this, LOOK_SECONDS, TimeUnit.SECONDS);
            }
        }

        @Override
        public void run() {
            // Ending one takes it out of the set.
            for (WatchedConnection connection : new ArrayDeque<>(watched)) {
                connection.look();
            }
            EventExecutor on = loop;
            if (watched.isEmpty() || on == null) {
                loop = null;
            } else {
                on.schedule(this, LOOK_SECONDS, TimeUnit.SECONDS);
            }
        }
    }
}
