package io.meridian.edge.adapter.http.admin;

import io.meridian.edge.adapter.http.access.ApiKeys;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens for those who administrate: few connections, each with little time. */
public final class AdminServer implements AutoCloseable {
    /** As many connections are held at once; the next is closed. */
    static final int MAX_CONNECTIONS = 64;

    private static final int IDLE_SECONDS = 30;
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
        HttpServer server = vertx.createHttpServer(options)
                .connectionHandler(connection -> {
                    connection.closeHandler(closed -> open.decrementAndGet());
                    if (open.incrementAndGet() > MAX_CONNECTIONS) {
                        connection.close();
                    }
                })
                .requestHandler(new AdminDoors(vertx, keys, administration, maxArchiveBytes).router());
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
