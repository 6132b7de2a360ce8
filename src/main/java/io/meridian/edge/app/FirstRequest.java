package io.meridian.edge.app;

import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;

/**
 * Asks the service once for something harmless when it begins to listen: {@link
 * io.meridian.edge.adapter.http.overload.ConnectionWatch} meets all connections after the first request, and that should not be an
 * attacker's.
 */
@Singleton
final class FirstRequest {
    private static final Logger LOG = Logger.getLogger("io.meridian.edge");
    private static final int MILLIS = 5_000;
    private static final String ANYWHERE = "0.0.0.0";
    private static final byte[] REQUEST = "GET /q/openapi HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    void ask(@ObservesAsync HttpServerStart start) {
        String host = start.options().getHost();
        int port = start.options().getPort();
        if (port <= 0) {
            // Any free port, in tests: the first caller does.
            return;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ANYWHERE.equals(host) ? "127.0.0.1" : host, port), MILLIS);
            socket.setSoTimeout(MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(REQUEST);
            InputStream in = socket.getInputStream();
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOG.debugf(
                    "the service could not ask itself (%s): the first caller's request does as well", e.getMessage());
        }
    }
}
