package io.meridian.edge.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Sends requests at a constant rate, whatever becomes of them, and measures each from the moment it was due: a server that stalls is
 * charged for everybody who had to wait. One thread sends, one reads.
 */
final class OpenLoad implements AutoCloseable {
    /** More than this are never open at once; whoever is due while all are in use waits, and that counts. */
    private static final int CONNECTIONS = 256;

    /** How many ask again as soon as they have an answer, where capacity is looked for. */
    private static final int EAGER = 64;

    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long ENDING_SECONDS = 60;

    private final int port;
    private final Selector selector = Selector.open();
    private final BlockingQueue<Caller> idle = new LinkedBlockingQueue<>();
    private final Thread reader = new Thread(this::read, "answers");
    private final CompletableFuture<Void> broken = new CompletableFuture<>();
    private volatile boolean over;

    OpenLoad(int port) throws IOException {
        this.port = port;
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * What one window brought.
     *
     * @param requests sent and answered rightly
     * @param shed refused for too much load, with a 429
     * @param failures other answers and none
     * @param latency nanoseconds from due to answered, of the right ones
     * @param shedLatency nanoseconds from due to refused
     */
    record Window(int requests, int shed, int failures, Histogram latency, Histogram shedLatency) {
        /** Right answers no later than so long after they were due. */
        long within(Duration patience) {
            return latency.getCountBetweenValues(0, patience.toNanos());
        }
    }

    /** Sends for so long, and waits for the last answer. */
    Window run(Scenario scenario, int perSecond, Duration duration) throws Exception {
        return run(scenario, perSecond, duration, null);
    }

    /** @param seen told of each right answer, on the one thread that reads; null if nobody wants to know */
    Window run(Scenario scenario, int perSecond, Duration duration, Consumer<byte[]> seen) throws Exception {
        int count = (int) (perSecond * duration.toMillis() / 1000);
        List<ByteBuffer> requests = requests(scenario);
        Counting counting = new Counting(count, seen);
        connectAll();
        long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = begin + i * interval;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            Caller caller = idle.poll(ENDING_SECONDS, TimeUnit.SECONDS);
            if (caller == null) {
                throw new IllegalStateException("nothing was answered for a minute");
            }
            caller.ask(requests.get(i % requests.size()), seen != null, (of, status, body) -> {
                counting.answered(due, status, body);
                idle.add(of);
            });
        }
        return counting.window();
    }

    /** What becomes of a window's requests; told on the one thread that reads. */
    private final class Counting {
        private final Histogram latency = new Histogram(MAX_NANOS, 3);
        private final Histogram shed = new Histogram(MAX_NANOS, 3);
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final int count;
        private final Consumer<byte[]> seen;
        private int failures;
        private int answers;

        Counting(int count, Consumer<byte[]> seen) {
            this.count = count;
            this.seen = seen;
        }

        void answered(long due, int status, byte[] body) {
            long took = Math.min(MAX_NANOS, System.nanoTime() - due);
            if (status == OK) {
                latency.recordValue(took);
                if (seen != null) {
                    seen.accept(body);
                }
            } else if (status == TOO_MANY_REQUESTS) {
                shed.recordValue(took);
            } else {
                failures++;
            }
            if (++answers == count) {
                done.complete(null);
            }
        }

        Window window() throws Exception {
            await(done, ENDING_SECONDS);
            int refused = (int) shed.getTotalCount();
            return new Window(count - refused - failures, refused, failures, latency, shed);
        }
    }

    /**
     * How many requests are answered rightly in a second when each of 64 callers sends its next one as soon as it has an answer: more a
     * server cannot do while this client runs beside it. One that is refused for too much load asks again. Throws if any fails otherwise.
     */
    double capacity(Scenario scenario, Duration duration) throws Exception {
        List<ByteBuffer> requests = requests(scenario);
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger open = new AtomicInteger(EAGER);
        CompletableFuture<Void> done = new CompletableFuture<>();
        connectAll();
        long begin = System.nanoTime();
        Caller.Answered again = new Caller.Answered() {
            @Override
            public void answered(Caller caller, int status, byte[] body) throws IOException {
                if (status != OK && status != TOO_MANY_REQUESTS) {
                    done.completeExceptionally(
                            new IllegalStateException(scenario.name() + " fails under load: " + status));
                    return;
                }
                int so = status == OK ? answered.incrementAndGet() : answered.get();
                if (System.nanoTime() - begin < duration.toNanos()) {
                    caller.ask(requests.get(so % requests.size()), false, this);
                } else {
                    idle.add(caller);
                    if (open.decrementAndGet() == 0) {
                        done.complete(null);
                    }
                }
            }
        };
        for (int i = 0; i < EAGER; i++) {
            idle.take().ask(requests.get(i % requests.size()), false, again);
        }
        await(done, duration.toSeconds() + ENDING_SECONDS);
        return answered.get() / ((System.nanoTime() - begin) / 1e9);
    }

    /** One request, its answer as text; fails for any status but 200. */
    String ask(Scenario scenario, String body) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        if (idle.isEmpty()) {
            connect();
        }
        idle.take().ask(Caller.request(scenario.path(), body), true, (caller, status, bytes) -> {
            idle.add(caller);
            String text = bytes == null ? "no answer" : new String(bytes, StandardCharsets.UTF_8);
            if (status == OK) {
                answer.complete(text);
            } else {
                answer.completeExceptionally(new IllegalStateException(status + " " + text));
            }
        });
        await(answer, 30);
        return answer.get();
    }

    private static List<ByteBuffer> requests(Scenario scenario) {
        return scenario.get()
                ? List.of(Caller.request(scenario.path(), null))
                : scenario.bodies().stream()
                        .map(body -> Caller.request(scenario.path(), body))
                        .toList();
    }

    /** All of them before anything is measured. */
    private void connectAll() throws IOException {
        while (idle.size() < CONNECTIONS) {
            connect();
        }
    }

    private void connect() throws IOException {
        idle.add(new Caller(port, selector));
        selector.wakeup();
    }

    private void await(CompletableFuture<?> done, long seconds) throws Exception {
        CompletableFuture.anyOf(done, broken).get(seconds, TimeUnit.SECONDS);
    }

    private void read() {
        try {
            while (!over) {
                selector.select(key -> {
                    try {
                        ((Caller) key.attachment()).read();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        } catch (IOException | RuntimeException e) {
            broken.completeExceptionally(e);
        }
    }

    /** Ends all connections. */
    @Override
    public void close() throws IOException {
        over = true;
        selector.wakeup();
        for (var key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
