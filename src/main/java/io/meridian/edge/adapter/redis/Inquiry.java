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
    private final Redis client;
    private final RedisConnection connection;
    private final int millis;

    private Inquiry(Redis client, RedisConnection connection, int millis) {
        this.client = client;
        this.connection = connection;
        this.millis = millis;
    }

    /** Connects and says who we are. */
    static Future<Inquiry> open(Vertx vertx, RedisSettings settings, Endpoint endpoint) {
        int millis = settings.connectMillis();
        return vertx.executeBlocking(() -> settings.access().greeting(), false).compose(greeting -> {
            Redis client = Redis.createClient(vertx, settings.options(endpoint));
            return client.connect()
                    .map(connection -> new Inquiry(client, connection, millis))
                    .compose(inquiry -> greeting.isEmpty()
                            ? Future.succeededFuture(inquiry)
                            : inquiry.ask(greeting).map(inquiry))
                    .timeout(millis, TimeUnit.MILLISECONDS)
                    .onFailure(ignored -> client.close());
        });
    }

    /** The answers in the order of the questions. One error fails all. */
    Future<List<@Nullable Response>> ask(List<Request> questions) {
        return connection
                .batch(questions)
                .timeout(millis, TimeUnit.MILLISECONDS)
                .map(answers -> answers);
    }

    void close() {
        client.close();
    }
}
