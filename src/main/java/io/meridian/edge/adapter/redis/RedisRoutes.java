package io.meridian.edge.adapter.redis;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The routes of a process: one per event loop for decisions, or a single one for changes. */
final class RedisRoutes implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RedisRoutes.class);
    /** An event loop that does not come to it in this time hangs. */
    private static final int CLOSE_MILLIS = 1000;

    private final List<Route> routes = new ArrayList<>();
    private final Map<EventLoop, Route> byLoop = new IdentityHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    private final RedisSettings settings;
    private final List<Script> scripts;
    private final RedisCounters counters;
    private final @Nullable ClusterView cluster;
    private final @Nullable TopologyWatch watch;
    private final LinkTarget target;

    private RedisRoutes(
            List<ContextInternal> contexts,
            RedisSettings settings,
            RegionMarker marker,
            List<Script> scripts,
            RedisCounters counters) {
        this.settings = settings;
        this.scripts = scripts;
        this.counters = counters;
        RedisAccess access = settings.access();
        this.cluster = access.topology() == RedisTopology.CLUSTER
                ? new ClusterView(contexts.get(0), settings, marker, counters)
                : null;
        SentinelView sentinels = access.topology() == RedisTopology.SENTINEL
                ? new SentinelView(contexts.get(0), settings, marker, counters)
                : null;
        this.watch = cluster == null ? sentinels : cluster;
        this.target = sentinels == null ? new StandaloneTarget(access.seeds().get(0), marker) : sentinels;
        for (ContextInternal context : contexts) {
            Route route = route(context);
            routes.add(route);
            byLoop.put(context.nettyEventLoop(), route);
            context.runOnContext(ignored -> route.start());
        }
        if (watch != null) {
            watch.start();
        }
    }

    /** One for each event loop, which begins to connect at once. */
    static RedisRoutes perEventLoop(
            Vertx vertx, RedisSettings settings, RegionMarker marker, List<Script> scripts, RedisCounters counters) {
        List<ContextInternal> contexts = new ArrayList<>();
        for (EventExecutor executor : ((VertxInternal) vertx).getEventLoopGroup()) {
            contexts.add(context(vertx, (EventLoop) executor));
        }
        return new RedisRoutes(contexts, settings, marker, scripts, counters);
    }

    /** A single one, which begins to connect at once. */
    static RedisRoutes single(
            Vertx vertx, RedisSettings settings, RegionMarker marker, List<Script> scripts, RedisCounters counters) {
        EventLoop some = ((VertxInternal) vertx).getEventLoopGroup().next();
        return new RedisRoutes(List.of(context(vertx, some)), settings, marker, scripts, counters);
    }

    private static ContextInternal context(Vertx vertx, EventLoop loop) {
        VertxInternal internal = (VertxInternal) vertx;
        return internal.createEventLoopContext(
                loop, internal.getWorkerPool(), Thread.currentThread().getContextClassLoader());
    }

    private Route route(ContextInternal context) {
        if (cluster != null) {
            return new ClusterRoute(context, settings, cluster, scripts, counters);
        }
        RedisLink link = new RedisLink(context, settings, target, scripts, counters);
        link.count();
        if (watch != null) {
            watch.listen(() -> context.runOnContext(ignored -> link.move()));
        }
        return new SingleRoute(link);
    }

    /** The route of this event loop, null if it has none. */
    @Nullable
    Route of(EventLoop loop) {
        return byLoop.get(loop);
    }

    /** Some route, each in turn. */
    Route any() {
        return routes.get(Math.floorMod(turn.getAndIncrement(), routes.size()));
    }

    /** True if every route takes commands. */
    boolean ready() {
        for (Route route : routes) {
            if (!route.ready()) {
                return false;
            }
        }
        return true;
    }

    /** Returns when all connections are ended, so that nothing is begun or told afterwards; on an event loop, at once. */
    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        CountDownLatch open = new CountDownLatch(routes.size());
        for (Route route : routes) {
            route.context().runOnContext(ignored -> {
                route.close();
                open.countDown();
            });
        }
        if (!Context.isOnEventLoopThread()) {
            await(open);
        }
    }

    private static void await(CountDownLatch open) {
        try {
            if (!open.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("Redis connections are not ended in time; going on without");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
