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
    private static final int CONNECTIONS = 64;
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
     * @param failures other answers and none
     * @param latency nanoseconds from due to answered, of the right ones
     */
    record Window(int requests, int failures, Histogram latency) {}

    /** Sends for so long, and waits for the last answer. */
    Window run(Scenario scenario, int perSecond, Duration duration) throws Exception {
        return run(scenario, perSecond, duration, answer -> {});
    }

    /** @param seen told of each right answer, on this client's one thread */
    Window run(Scenario scenario, int perSecond, Duration duration, Consumer<Buffer> seen) throws Exception {
        int count = (int) (perSecond * duration.toMillis() / 1000);
        List<Buffer> bodies = bodies(scenario);
        Histogram latency = new ConcurrentHistogram(MAX_NANOS, 3);
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
            context.runOnContext(ignored -> send(scenario, body, seen).whenComplete((right, failed) -> {
                if (failed == null && right) {
                    latency.recordValue(Math.min(MAX_NANOS, System.nanoTime() - due));
                } else {
                    failures.incrementAndGet();
                }
                if (open.decrementAndGet() == 0) {
                    done.complete(null);
                }
            }));
        }
        done.get(60, TimeUnit.SECONDS);
        return new Window(count - failures.get(), failures.get(), latency);
    }

    /**
     * How many requests are answered in a second when each connection sends its next one as soon as it has an answer: more a server cannot do
     * while this client runs beside it. Throws if any fails.
     */
    double capacity(Scenario scenario, Duration duration) throws Exception {
        List<Buffer> bodies = bodies(scenario);
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger open = new AtomicInteger(CONNECTIONS);
        CompletableFuture<Void> done = new CompletableFuture<>();
        long begin = System.nanoTime();
        for (int i = 0; i < CONNECTIONS; i++) {
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
        send(scenario, body, answer -> {}).whenComplete((right, failed) -> {
            if (failed != null || !right) {
                done.completeExceptionally(new IllegalStateException(scenario.name() + " fails under load", failed));
                return;
            }
            answered.incrementAndGet();
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

    private CompletableFuture<Boolean> send(Scenario scenario, Buffer body, Consumer<Buffer> seen) {
        return request(scenario, body)
                .compose(response -> response.body().map(text -> {
                    if (response.statusCode() == 200) {
                        seen.accept(text);
                    }
                    return response.statusCode() == 200;
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
