package io.meridian.edge.adapter.redis;

import io.vertx.redis.client.RedisOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the region's Redis is reached, and the limits that keep a slow one from slowing decisions.
 *
 * @param url {@code redis://[user:password@]host[:port][/database]}, {@code rediss://…} for TLS, {@code unix:///path}; holds a secret
 * @param maxInFlight commands awaiting an answer on one connection; past it reads end at once
 * @param connectMillis the longest a connection may take until it is verified
 * @param reconnectMinMillis first pause before another attempt; doubles up to
 * @param reconnectMaxMillis this one; each pause is shortened by up to half at random
 * @param silentMillis a connection without any answer for so long, and several time-outs, is dropped
 * @param markerCheckMillis how often each connection looks whether the region's mark still stands
 * @param writeMillis how long a write may take
 */
public record RedisSettings(
        String url,
        int maxInFlight,
        int connectMillis,
        int reconnectMinMillis,
        int reconnectMaxMillis,
        int silentMillis,
        int markerCheckMillis,
        int writeMillis) {

    /** The limits that suit a Redis beside the service. */
    public static RedisSettings of(String url) {
        return new RedisSettings(url, 1024, 2000, 50, 2000, 1000, 1000, 1000);
    }

    /**
     * Why a URL cannot be used, null if it can. Never repeats the URL, which may hold a password.
     *
     * @param url what an operator gave
     */
    public static @Nullable String problem(String url) {
        try {
            String scheme = new URI(url).getScheme();
            boolean known = scheme != null && Set.of("redis", "rediss", "unix").contains(scheme);
            return known ? null : "it begins with neither redis:// nor rediss:// nor unix://";
        } catch (URISyntaxException e) {
            return "it is no URL: see its character " + (e.getIndex() + 1)
                    + "; reserved ones in a password are written %XX";
        }
    }

    /**
     * Options of a client with a single connection. The protocol is not negotiated: everything here is in the older one, and the answer
     * to a failed negotiation is lost by the client.
     */
    RedisOptions options() {
        RedisOptions options = new RedisOptions();
        options.setConnectionString(url);
        options.setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setPoolCleanerInterval(-1)
                .setPoolRecycleTimeout(-1);
        // One name for all: a name each, made up anew with every attempt, would be a metric each.
        options.setPoolName("meridian-redis");
        // Room beyond our own limit for the handshake and the checks of the mark.
        options.setMaxWaitingHandlers(maxInFlight + 64).setProtocolNegotiation(false);
        options.getNetClientOptions()
                // Only looked at where the URL asks for TLS; without it Vert.x refuses to connect.
                .setHostnameVerificationAlgorithm("HTTPS")
                .setConnectTimeout(connectMillis)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setReconnectAttempts(0);
        return options;
    }

    /** Hides the URL, which may hold a password. */
    @Override
    public String toString() {
        return "RedisSettings[…]";
    }
}
