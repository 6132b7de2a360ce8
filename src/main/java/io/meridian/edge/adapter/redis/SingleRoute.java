package io.meridian.edge.adapter.redis;

import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Request;
import java.util.List;

/** The way where one node holds all subjects. */
final class SingleRoute implements Route {
    private final RedisLink link;

    SingleRoute(RedisLink link) {
        this.link = link;
    }

    @Override
    public ContextInternal context() {
        return link.context();
    }

    @Override
    public void start() {
        link.start();
    }

    @Override
    public void close() {
        link.close();
    }

    @Override
    public void send(byte[] key, Request request, PendingCommand pending, int timeoutMillis) {
        link.send(request, pending, timeoutMillis);
    }

    @Override
    public void send(byte[] key, List<Request> requests, PendingBatch pending, int timeoutMillis) {
        link.send(requests, pending, timeoutMillis);
    }

    @Override
    public boolean ready() {
        return link.ready();
    }

    @Override
    public boolean unmarked() {
        return link.unmarked();
    }

    @Override
    public int lane(byte[] key) {
        return 0;
    }

    @Override
    public int layout() {
        return 0;
    }
}
