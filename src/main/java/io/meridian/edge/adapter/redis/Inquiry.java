package io.meridian.edge.adapter.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one node or sentinel for questions that no decision waits for. Each step takes at most the time a connection may
 * take; after one that failed it is of no use and to be closed.
 */
final class Inquiry {
    private final Vertx vertx;
    private final RedisSettings settings;
    private final Endpoint endpoint;
    private final Redis client;
    private final RedisConnection connection;

    private Inquiry(Vertx vertx, RedisSettings settings, Endpoint endpoint, Redis client, RedisConnection connection) {
        this.vertx = vertx;
        this.settings = settings;
        this.endpoint = endpoint;
        this.client = client;
        this.connection = connection;
    }

    /** Connects and says who we are. */
    static Future<Inquiry> open(Vertx vertx, RedisSettings settings, Endpoint endpoint) {
        return openUngreeted(vertx, settings, endpoint)
                .compose(inquiry -> inquiry.greet().map(inquiry).onFailure(ignored -> inquiry.close()));
    }

    /** Connects only. */
    static Future<Inquiry> openUngreeted(Vertx vertx, RedisSettings settings, Endpoint endpoint) {
        Redis client = Redis.createClient(vertx, settings.options(endpoint));
        return client.connect()
                .map(connection -> new Inquiry(vertx, settings, endpoint, client, connection))
                .timeout(settings.connectMillis(), TimeUnit.MILLISECONDS)
                .onFailure(ignored -> client.close());
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** The name the sentinels know the master by. */
    String masterName() {
        String name = settings.access().master();
        return name == null ? "" : name;
    }

    /** The answers in the order of the questions. One error fails all. */
    Future<List<@Nullable Response>> ask(List<Request> questions) {
        return connection
                .batch(questions)
                .timeout(settings.connectMillis(), TimeUnit.MILLISECONDS)
                .map(answers -> answers);
    }

    /** Says who we are, to somebody who has no databases. */
    Future<Void> authenticate() {
        return vertx.executeBlocking(settings.access()::authentication, false).compose(this::say);
    }

    void close() {
        client.close();
    }

    private Future<Void> greet() {
        return vertx.executeBlocking(settings.access()::greeting, false).compose(this::say);
    }

    private Future<Void> say(List<Request> requests) {
        return requests.isEmpty() ? Future.succeededFuture() : ask(requests).mapEmpty();
    }
}
