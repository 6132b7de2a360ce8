package io.meridian.edge.adapter.redis;

import io.vertx.redis.client.RedisOptions;

/**
 * How the region's Redis is reached, and the limits that keep a slow one from slowing decisions.
 *
 * @param access where it is and who we are to it
 * @param maxInFlight commands awaiting an answer on one connection; past it reads end at once
 * @param connectMillis the longest a connection may take until it is verified
 * @param reconnectMinMillis first pause before another attempt; doubles up to
 * @param reconnectMaxMillis this one; each pause is shortened by up to half at random
 * @param silentMillis a connection that has owed an answer for so long, and given none meanwhile, is dropped
 * @param checkMillis how often each connection looks whether the region's mark still stands, and the nodes are asked who is master
 * @param writeMillis how long a write may take
 */
public record RedisSettings(
        RedisAccess access,
        int maxInFlight,
        int connectMillis,
        int reconnectMinMillis,
        int reconnectMaxMillis,
        int silentMillis,
        int checkMillis,
        int writeMillis) {
    /** Room beyond our own limit for the handshake and the checks of the mark. */
    private static final int EXTRA_WAITING = 64;

    /** The limits that suit a Redis beside the service. Throws IllegalArgumentException if there are {@link RedisGiven#problems}. */
    public static RedisSettings of(RedisGiven given) {
        // An attempt to connect and the longest pause together stay below the two seconds in which a region is to be
        // back.
        return new RedisSettings(given.access(), 1024, 1000, 50, 500, 1000, 1000, 1000);
    }

    /** One Redis, by its URL alone. */
    public static RedisSettings of(String url) {
        return of(RedisGiven.url(url));
    }

    /** Options of a client with a single connection to a node. */
    RedisOptions options(Endpoint endpoint) {
        return endpoint.options(maxInFlight + EXTRA_WAITING, connectMillis, access.caFile());
    }

    /** The same, but a connection may take so long. */
    RedisSettings patient(int millis) {
        return new RedisSettings(
                access,
                maxInFlight,
                millis,
                reconnectMinMillis,
                reconnectMaxMillis,
                silentMillis,
                checkMillis,
                writeMillis);
    }

    /** Hides who we are. */
    @Override
    public String toString() {
        return "RedisSettings[…]";
    }
}
