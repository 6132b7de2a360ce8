package io.meridian.edge.app.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meridian.edge.adapter.source.ArchiveSource;
import io.meridian.edge.adapter.source.FileSource;
import io.meridian.edge.adapter.source.HttpSource;
import io.meridian.edge.testing.Releases;
import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles from a real HTTP server that does everything a server can do wrong. */
class PullTest {
    private static final int MAX_BYTES = 256 * 1024;
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Releases people =
            new Releases().person("anna", "author:*", "author:locked").person("ben", "approve:*", "approve:locked");

    @TempDir
    Path folder;

    private final ExecutorService serving = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger notModified = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Behaviour behaviour = this::gone;
    private volatile byte[] bundle = new byte[0];
    private HttpServer server;
    private Edge edge;
    private Sources sources;

    private interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void open() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serving);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            try (exchange) {
                behaviour.answer(exchange);
            }
        });
        server.start();
        edge = new Edge(folder.resolve("state"), people.trust(), "here", Clock.systemUTC(), Duration.ofMinutes(15));
    }

    @AfterEach
    void close() {
        if (sources != null) {
            sources.close();
        }
        end.countDown();
        edge.close();
        server.stop(0);
        serving.shutdownNow();
    }

    private void poll() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/latest.bundle");
        sources = Sources.polled(
                edge.delivery, new HttpSource(address, MAX_BYTES, PATIENCE), address.toString(), INTERVAL);
        sources.begin();
    }

    private byte[] edition(int revision) {
        String base = revision == 1 ? null : Releases.content(files(revision - 1));
        return people.signed(Releases.bundle(files(revision), base), "anna", "ben");
    }

    private static java.util.SortedMap<String, byte[]> files(int revision) {
        return Releases.revision(Releases.files(TestBundles.MINIMAL), revision);
    }

    // What a server can do.

    private void well(HttpExchange exchange) throws IOException {
        String tag = "\"" + java.util.Arrays.hashCode(bundle) + "\"";
        exchange.getResponseHeaders().set("ETag", tag);
        if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            notModified.incrementAndGet();
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        exchange.sendResponseHeaders(200, bundle.length);
        exchange.getResponseBody().write(bundle);
    }

    private void gone(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(500, -1);
    }

    private void redirecting(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
        exchange.sendResponseHeaders(302, -1);
    }

    private void silent(HttpExchange exchange) throws IOException {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends the head and then nothing for ever. */
    private void stuck(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, bundle.length);
        exchange.getResponseBody().write(bundle, 0, 10);
        exchange.getResponseBody().flush();
        silent(exchange);
    }

    private void truncated(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, bundle.length);
        exchange.getResponseBody().write(bundle, 0, bundle.length / 2);
        exchange.getResponseBody().flush();
    }

    private void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            byte[] chunk = new byte[8192];
            while (end.getCount() > 0) {
                body.write(chunk);
            }
        }
    }

    private void garbage(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 5000);
        exchange.getResponseBody().write(new byte[5000]);
    }

    @Test
    void whatIsThereIsTakenAndAskedForAgainOnlyIfItChanged() {
        bundle = edition(1);
        behaviour = this::well;
        poll();
        assertEquals(1, edge.revision(), "the first is taken before the service begins");
        Await.until("answers without a body", () -> notModified.get() >= 3);
        bundle = edition(2);
        Await.until("revision 2", () -> edge.revision() == 2);
        assertTrue(edge.delivery.status().age(java.time.Instant.now()).compareTo(Duration.ofMinutes(1)) < 0);
    }

    @Test
    void nothingAServerDoesWrongChangesWhatIsActive() {
        bundle = edition(1);
        behaviour = this::well;
        poll();
        behaviour = this::gone;
        Await.until("a failure", () -> edge.delivery.counters().pollFailures.sum() > 0);
        bundle = edition(2);
        for (Behaviour wrong : new Behaviour[] {
            this::gone, this::redirecting, this::silent, this::stuck, this::truncated, this::endless
        }) {
            long failures = edge.delivery.counters().pollFailures.sum();
            behaviour = wrong;
            Await.until("a failure", () -> edge.delivery.counters().pollFailures.sum() > failures);
            assertEquals(1, edge.revision());
        }
        behaviour = this::garbage;
        Await.until("a rejection", () -> edge.delivery.status().rejected() != null);
        assertEquals(
                "bad-archive",
                Objects.requireNonNull(edge.delivery.status().rejected())
                        .outcome()
                        .code());
        int before = asked.get();
        Await.until("more of the same", () -> asked.get() > before + 5);
        behaviour = this::well;
        Await.until("revision 2", () -> edge.revision() == 2);
        long rejections =
                edge.told().stream().filter("rejected:bad-archive"::equals).count();
        assertEquals(1, rejections, "what is offered again and again is written down once: " + edge.told());
        assertTrue(edge.told().contains("source-unreachable") && edge.told().contains("source-reached"));
    }

    @Test
    void withTheSourceGoneTheLastOneDecidesAfterARestart() {
        bundle = edition(1);
        behaviour = this::well;
        poll();
        sources.close();
        edge.close();
        behaviour = this::gone;
        edge = new Edge(folder.resolve("state"), people.trust(), "here", Clock.systemUTC(), Duration.ofMillis(1));
        poll();
        assertEquals(1, edge.revision());
        assertTrue(edge.delivery.status().fromKept());
        Await.until("staleness", () -> edge.delivery.stale());
        behaviour = this::well;
        Await.until("a word of the source", () -> !edge.delivery.status().fromKept());
    }

    @Test
    void withoutAnythingToBeginWithItWaitsForTheSource() {
        poll();
        assertEquals(0, edge.revision());
        bundle = edition(1);
        behaviour = this::well;
        Await.until("revision 1", () -> edge.revision() == 1);
    }

    @Test
    void aFileIsASourceToo() throws Exception {
        Path file = folder.resolve("latest.bundle");
        sources = Sources.polled(edge.delivery, new FileSource(file, MAX_BYTES), file.toString(), INTERVAL);
        sources.begin();
        assertEquals(0, edge.revision());
        Files.write(file, edition(1));
        Await.until("revision 1", () -> edge.revision() == 1);
        Path next = folder.resolve("next.bundle");
        Files.write(next, edition(2));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        Await.until("revision 2", () -> edge.revision() == 2);
        Files.write(file, new byte[MAX_BYTES + 1]);
        Await.until("a failure", () -> edge.delivery.counters().pollFailures.sum() > 2);
        assertEquals(2, edge.revision());
    }

    @Test
    void whateverIsThrownTheSourceIsAskedAgain() {
        AtomicInteger times = new AtomicInteger();
        ArchiveSource throwing = new ArchiveSource() {
            @Override
            public byte[] fetch() {
                if (times.incrementAndGet() % 2 == 0) {
                    throw new AssertionError("of a test");
                }
                throw new StackOverflowError("of a test");
            }

            @Override
            public void taken() {}
        };
        sources = Sources.polled(edge.delivery, throwing, "a source that throws", INTERVAL);
        sources.begin();
        Await.until("asking again", () -> times.get() > 3);
    }

    @Test
    void aSlowSourceDoesNotKeepWhatWasActiveFromDeciding() {
        edge.push(edition(1));
        edge.close();
        edge = new Edge(folder.resolve("state"), people.trust(), "here", Clock.systemUTC(), Duration.ofMinutes(15));
        ArchiveSource slow = new ArchiveSource() {
            @Override
            public byte[] fetch() throws InterruptedException {
                end.await();
                throw new IllegalStateException("the test is over");
            }

            @Override
            public void taken() {}
        };
        sources = Sources.polled(edge.delivery, slow, "a source that never answers", INTERVAL);
        assertInstanceOf(Outcome.Activated.class, sources.begin());
        assertEquals(1, edge.revision());
    }

    /** Nobody writes to it, so opening it would never end. */
    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        FileSource source = new FileSource(pipe, MAX_BYTES);
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertThrows(IOException.class, () -> source.fetch()));
    }
}
