package io.meridian.edge.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meridian.edge.testing.Releases;
import io.meridian.edge.testing.TcpProxy;
import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A static host of signed bundles of the sample, each a revision later than the one before, behind a proxy. */
final class BundleHost implements AutoCloseable {
    /** What is answered instead of the bundle. */
    interface Manner {
        void answer(HttpExchange exchange, byte[] bundle) throws IOException;
    }

    /** As it should be. */
    static final Manner PLAIN = (exchange, bundle) -> {
        exchange.sendResponseHeaders(200, bundle.length);
        exchange.getResponseBody().write(bundle);
    };

    private final Releases people =
            new Releases().person("anna", "author:*", "author:locked").person("ben", "approve:*", "approve:locked");
    private final ExecutorService serving = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "bundle-host");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpServer server;
    private final TcpProxy proxy;
    private final SortedMap<String, byte[]> files = Releases.files(TestBundles.SAMPLE);
    private volatile Manner manner = PLAIN;
    private volatile byte[] bundle = new byte[0];
    private volatile long revision;

    BundleHost() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serving);
        server.createContext("/", exchange -> {
            try (exchange) {
                manner.answer(exchange, bundle);
            }
        });
        server.start();
        proxy = new TcpProxy(server.getAddress().getPort());
        publish();
    }

    String trustYaml() {
        return people.trustYaml();
    }

    String address() {
        return "http://127.0.0.1:" + proxy.port() + "/sample.bundle";
    }

    TcpProxy proxy() {
        return proxy;
    }

    /** The newest revision there is. */
    long revision() {
        return revision;
    }

    void manner(Manner next) {
        manner = next;
    }

    /** A new revision takes the place of the old one. */
    void publish() {
        long next = revision + 1;
        String base = revision == 0 ? null : Releases.content(Releases.revision(files, revision));
        bundle = people.signed(Releases.bundle(Releases.revision(files, next), base), "anna", "ben");
        revision = next;
    }

    /** Writes until whoever reads has gone. */
    static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            byte[] block = new byte[8192];
            while (true) {
                body.write(block);
            }
        }
    }

    @Override
    public void close() {
        proxy.close();
        server.stop(0);
        serving.shutdownNow();
    }
}
