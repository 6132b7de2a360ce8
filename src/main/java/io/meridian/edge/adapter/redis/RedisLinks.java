package io.meridian.edge.adapter.redis;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The links of a process: one per event loop for decisions, or a single one for changes. */
final class RedisLinks implements AutoCloseable {
    private final List<RedisLink> links = new ArrayList<>();
    private final Map<EventLoop, RedisLink> byLoop = new IdentityHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    private RedisLinks() {}

    static RedisLinks perEventLoop(
            Vertx vertx, RedisSettings settings, RegionMarker marker, List<Script> scripts, RedisCounters counters) {
        RedisLinks all = new RedisLinks();
        VertxInternal internal = (VertxInternal) vertx;
        for (EventExecutor executor : internal.getEventLoopGroup()) {
            all.add(internal, (EventLoop) executor, settings, marker, scripts, counters);
        }
        return all;
    }

    static RedisLinks single(
            Vertx vertx, RedisSettings settings, RegionMarker marker, List<Script> scripts, RedisCounters counters) {
        RedisLinks one = new RedisLinks();
        VertxInternal internal = (VertxInternal) vertx;
        one.add(internal, internal.getEventLoopGroup().next(), settings, marker, scripts, counters);
        return one;
    }

    private void add(
            VertxInternal vertx,
            EventLoop loop,
            RedisSettings settings,
            RegionMarker marker,
            List<Script> scripts,
            RedisCounters counters) {
        RedisLink link = new RedisLink(
                vertx.createEventLoopContext(
                        loop, vertx.getWorkerPool(), Thread.currentThread().getContextClassLoader()),
                settings,
                marker,
                scripts,
                counters);
        links.add(link);
        byLoop.put(loop, link);
        link.context().runOnContext(ignored -> link.start());
    }

    /** The link of this event loop, null if it has none. */
    @Nullable
    RedisLink of(EventLoop loop) {
        return byLoop.get(loop);
    }

    /** Some link, each in turn. */
    RedisLink any() {
        return links.get(Math.floorMod(turn.getAndIncrement(), links.size()));
    }

    /** True if every link takes commands. */
    boolean ready() {
        for (RedisLink link : links) {
            if (!link.ready()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        for (RedisLink link : links) {
            link.context().runOnContext(ignored -> link.close());
        }
    }
}
