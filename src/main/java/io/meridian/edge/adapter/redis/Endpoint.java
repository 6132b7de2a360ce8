package io.meridian.edge.adapter.redis;

import io.vertx.redis.client.RedisOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis or a sentinel listens.
 *
 * @param host a name, an address (IPv6 without brackets), or the path of a Unix socket
 * @param port 0 for a Unix socket
 * @param tls whether it speaks TLS
 */
record Endpoint(String host, int port, boolean tls) {
    /** Another one, reached in the same way. */
    Endpoint at(String otherHost, int otherPort) {
        return new Endpoint(otherHost, otherPort, tls);
    }

    /**
     * Options of a client with a single connection. They hold no secret: who we are is said by the first command over it, because the
     * client says it only to a Redis that asks, and knows no passwords that change. The protocol is not negotiated: everything here is in the older
     * one, and the answer to a failed negotiation is lost by the client.
     */
    RedisOptions options(int maxWaiting, int connectMillis, @Nullable Path caFile) {
        RedisOptions options = new RedisOptions();
        options.setConnectionString(url());
        options.setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setPoolCleanerInterval(-1)
                .setPoolRecycleTimeout(-1);
        // One name for all: a name each, made up anew with every attempt, would be a metric each.
        options.setPoolName("meridian-redis");
        options.setMaxWaitingHandlers(maxWaiting).setProtocolNegotiation(false);
        options.getNetClientOptions()
                // Only looked at where there is TLS; without it Vert.x refuses to connect.
                .setHostnameVerificationAlgorithm("HTTPS")
                .setConnectTimeout(connectMillis)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setReconnectAttempts(0);
        if (tls && caFile != null) {
            options.getNetClientOptions()
                    .setTrustOptions(new io.vertx.core.net.PemTrustOptions().addCertPath(caFile.toString()));
        }
        return options;
    }

    private String url() {
        if (port == 0) {
            return "unix://" + host;
        }
        String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return (tls ? "rediss://" : "redis://") + literal + ":" + port;
    }

    @Override
    public String toString() {
        return port == 0 ? host : host + ":" + port;
    }
}
