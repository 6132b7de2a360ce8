package io.meridian.edge.adapter.redis;

import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One GET over the very connections that profiles are read over: what the benchmark's bare routes are made of. */
public final class SingleRead {
    private static final int TIMEOUT_MILLIS = 1000;

    private final RedisRoutes routes;

    public SingleRead(Vertx vertx, RedisSettings settings, RegionMarker marker) {
        this.routes = RedisRoutes.perEventLoop(vertx, settings, marker, List.of(), new RedisCounters());
    }

    /** True if every event loop has its connection. */
    public boolean ready() {
        return routes.ready();
    }

    /** The value; fails if there is none. To be called on an event loop. */
    public CompletableFuture<byte[]> get(byte[] key) {
        Route route = routes.of(ContextInternal.current().nettyEventLoop());
        if (route == null) {
            throw new IllegalStateException("not on an event loop of this Vert.x");
        }
        CompletableFuture<byte[]> value = new CompletableFuture<>();
        route.send(
                key,
                Request.cmd(Command.GET).arg(key),
                new PendingCommand() {
                    @Override
                    void answered(@Nullable Response response) {
                        if (response == null) {
                            value.completeExceptionally(new IllegalStateException("no such key"));
                        } else {
                            value.complete(response.toBytes());
                        }
                    }

                    @Override
                    void ended(End end, @Nullable Throwable failure) {
                        value.completeExceptionally(new IllegalStateException(end.name(), failure));
                    }
                },
                TIMEOUT_MILLIS);
        return value;
    }
}
