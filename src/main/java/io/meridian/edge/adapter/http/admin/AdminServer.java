package io.meridian.edge.adapter.http.admin;

import io.meridian.edge.adapter.http.access.ApiKeys;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens for those who administrate: few connections, each with little time. */
public final class AdminServer implements AutoCloseable {
    /** As many connections are held at once; the next is closed. */
    static final int MAX_CONNECTIONS = 64;

    /** Longer than a request may take: while its bundle is compiled nothing moves on a connection. */
    private static final int IDLE_SECONDS = AdminDoors.REQUEST_MILLIS / 1_000 + 15;

    /** A connection whose first request has not come by then is closed. */
    private static final int FIRST_REQUEST_MILLIS = 10_000;

    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final int MAX_LINE_BYTES = 2 * 1024;
    private static final int WAIT_SECONDS = 10;

    private final HttpServer server;

    private AdminServer(HttpServer server) {
        this.server = server;
    }

    /** It cannot listen there. */
    public static final class CannotListen extends Exception {
        private static final long serialVersionUID = 1L;

        CannotListen(String host, int port, Throwable cause) {
            super("cannot listen on " + host + ":" + port + ": " + cause.getMessage(), cause);
        }
    }

    /**
     * Begins to listen; returns once it does.
     *
     * @param port 0 for any that is free
     * @param maxArchiveBytes the largest archive taken
     */
    public static AdminServer listen(
            Vertx vertx, String host, int port, ApiKeys keys, Administration administration, int maxArchiveBytes)
            throws CannotListen {
        return listen(vertx, host, port, keys, administration, maxArchiveBytes, FIRST_REQUEST_MILLIS);
    }

    static AdminServer listen(
            Vertx vertx,
            String host,
            int port,
            ApiKeys keys,
            Administration administration,
            int maxArchiveBytes,
            int firstRequestMillis)
            throws CannotListen {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setAlpnVersions(java.util.List.of())
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false);
        AtomicInteger open = new AtomicInteger();
        Set<HttpConnection> spoke = ConcurrentHashMap.newKeySet();
        Router router = new AdminDoors(vertx, keys, administration, maxArchiveBytes).router();
        HttpServer server = vertx.createHttpServer(options)
                .connectionHandler(connection -> {
                    long silent = vertx.setTimer(firstRequestMillis, timer -> {
                        if (!spoke.contains(connection)) {
                            connection.close();
                        }
                    });
                    connection.closeHandler(closed -> {
                        vertx.cancelTimer(silent);
                        spoke.remove(connection);
                        open.decrementAndGet();
                    });
                    if (open.incrementAndGet() > MAX_CONNECTIONS) {
                        connection.close();
                    }
                })
                .requestHandler(request -> {
                    spoke.add(request.connection());
                    router.handle(request);
                });
        try {
            server.listen(SocketAddress.inetSocketAddress(port, host))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(WAIT_SECONDS, TimeUnit.SECONDS);
            return new AdminServer(server);
        } catch (ExecutionException e) {
            throw new CannotListen(host, port, Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException e) {
            throw new CannotListen(host, port, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotListen(host, port, e);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.actualPort();
    }

    /** Takes no more connections. */
    @Override
    public void close() {
        server.close();
    }
}
