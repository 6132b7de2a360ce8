package io.meridian.edge.benchmark;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Sends requests at a constant rate, whatever becomes of them, and measures each from the moment it was due: a server that stalls is
 * charged for everybody who had to wait.
 */
final class OpenLoad implements AutoCloseable {
    /** More than this are never open at once; whoever is due while all are in use waits, and that counts. */
    private static final int CONNECTIONS = 256;

    /** How many ask again as soon as they have an answer, where capacity is looked for. */
    private static final int EAGER = 64;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Vertx vertx;
    private final HttpClient client;
    private final Context context;
    private final int port;

    OpenLoad(Vertx vertx, int port) {
        this.vertx = vertx;
        this.port = port;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS)
                .setMaxWaitQueueSize(100_000)
                .setKeepAliveTimeout(120)
                .setTcpNoDelay(true));
        this.context = vertx.getOrCreateContext();
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
        return run(scenario, perSecond, duration, answer -> {});
    }

    /** @param seen told of each right answer, on this client's one thread */
    Window run(Scenario scenario, int perSecond, Duration duration, Consumer<Buffer> seen) throws Exception {
        int count = (int) (perSecond * duration.toMillis() / 1000);
        List<Buffer> bodies = bodies(scenario);
        Histogram latency = new ConcurrentHistogram(MAX_NANOS, 3);
        Histogram shed = new ConcurrentHistogram(MAX_NANOS, 3);
        AtomicInteger open = new AtomicInteger(count);
        AtomicInteger failures = new AtomicInteger();
        CompletableFuture<Void> done = new CompletableFuture<>();
        long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = begin + i * interval;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            Buffer body = bodies.isEmpty() ? null : bodies.get(i % bodies.size());
            context.runOnContext(ignored -> send(scenario, body, seen).whenComplete((status, failed) -> {
                long took = Math.min(MAX_NANOS, System.nanoTime() - due);
                if (failed == null && status == 200) {
                    latency.recordValue(took);
                } else if (failed == null && status == TOO_MANY_REQUESTS) {
                    shed.recordValue(took);
                } else {
                    failures.incrementAndGet();
                }
                if (open.decrementAndGet() == 0) {
                    done.complete(null);
                }
            }));
        }
        done.get(60, TimeUnit.SECONDS);
        int refused = (int) shed.getTotalCount();
        return new Window(count - refused - failures.get(), refused, failures.get(), latency, shed);
    }

    /**
     * How many requests are answered rightly in a second when each of 64 callers sends its next one as soon as it has an answer: more a
     * server cannot do while this client runs beside it. One that is refused for too much load asks again. Throws if any fails otherwise.
     */
    double capacity(Scenario scenario, Duration duration) throws Exception {
        List<Buffer> bodies = bodies(scenario);
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger open = new AtomicInteger(EAGER);
        CompletableFuture<Void> done = new CompletableFuture<>();
        long begin = System.nanoTime();
        for (int i = 0; i < EAGER; i++) {
            context.runOnContext(ignored -> again(scenario, bodies, begin + duration.toNanos(), answered, open, done));
        }
        done.get(duration.toSeconds() + 60, TimeUnit.SECONDS);
        return answered.get() / ((System.nanoTime() - begin) / 1e9);
    }

    private void again(
            Scenario scenario,
            List<Buffer> bodies,
            long end,
            AtomicInteger answered,
            AtomicInteger open,
            CompletableFuture<Void> done) {
        if (System.nanoTime() - end >= 0) {
            if (open.decrementAndGet() == 0) {
                done.complete(null);
            }
            return;
        }
        Buffer body = bodies.get(answered.get() % bodies.size());
        send(scenario, body, answer -> {}).whenComplete((status, failed) -> {
            if (failed != null || status != 200 && status != TOO_MANY_REQUESTS) {
                done.completeExceptionally(new IllegalStateException(scenario.name() + " fails under load", failed));
                return;
            }
            if (status == 200) {
                answered.incrementAndGet();
            }
            again(scenario, bodies, end, answered, open, done);
        });
    }

    private static List<Buffer> bodies(Scenario scenario) {
        return scenario.bodies().stream().map(Buffer::buffer).toList();
    }

    /** One request, its answer as text; fails for any status but 200. */
    String ask(Scenario scenario, String body) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        context.runOnContext(ignored -> request(scenario, body == null ? null : Buffer.buffer(body))
                .compose(response -> response.body().map(text -> {
                    if (response.statusCode() != 200) {
                        throw new IllegalStateException(response.statusCode() + " " + text);
                    }
                    return text.toString();
                }))
                .onSuccess(answer::complete)
                .onFailure(answer::completeExceptionally));
        return answer.get(30, TimeUnit.SECONDS);
    }

    private CompletableFuture<Integer> send(Scenario scenario, Buffer body, Consumer<Buffer> seen) {
        return request(scenario, body)
                .compose(response -> response.body().map(text -> {
                    if (response.statusCode() == 200) {
                        seen.accept(text);
                    }
                    return response.statusCode();
                }))
                .toCompletionStage()
                .toCompletableFuture();
    }

    private io.vertx.core.Future<HttpClientResponse> request(Scenario scenario, Buffer body) {
        HttpMethod method = scenario.get() ? HttpMethod.GET : HttpMethod.POST;
        return client.request(method, port, "127.0.0.1", scenario.path())
                .compose(request -> body == null
                        ? request.send()
                        : request.putHeader("Content-Type", "application/json").send(body));
    }

    @Override
    public void close() {
        client.close();
        vertx.close();
    }
}
