package io.meridian.edge.adapter.telemetry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Sends spans to a collector, on a thread of its own. A span that finds no room, or whose batch is not taken, is dropped and counted: no
 * decision waits for a trace, and nothing is tried twice.
 */
public final class OtlpExporter implements AutoCloseable {
    /** Spans that may wait. */
    static final int CAPACITY = 2048;

    private static final Logger LOG = Logger.getLogger(OtlpExporter.class);
    private static final int MOST_IN_BATCH = 256;
    private static final long GATHER_MILLIS = 500;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long CLOSING_MILLIS = 2_000;

    private final BlockingQueue<RequestSpan> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder sent = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final HttpRequest.Builder request;
    private final OtlpJson json;
    private final Thread thread;
    private volatile boolean closing;
    private boolean refusing;

    /**
     * @param endpoint where traces are taken, for example {@code http://collector:4318/v1/traces}
     * @param headers sent with every batch; may hold secrets
     * @throws IllegalArgumentException if no request can be made of these
     */
    public OtlpExporter(URI endpoint, Map<String, String> headers, String service, String version, String region) {
        this.request = HttpRequest.newBuilder(endpoint).timeout(TIMEOUT);
        headers.forEach(request::setHeader);
        request.setHeader("Content-Type", "application/json");
        this.json = new OtlpJson(service, version, region);
        this.thread = new Thread(this::run, "meridian-traces");
        thread.setDaemon(true);
        thread.start();
    }

    /** Spans a collector took, since the start. */
    public long sent() {
        return sent.sum();
    }

    /** Spans nobody took. */
    public long dropped() {
        return dropped.sum();
    }

    void offer(RequestSpan span) {
        if (!waiting.offer(span)) {
            dropped.increment();
        }
    }

    private void run() {
        List<RequestSpan> batch = new ArrayList<>(MOST_IN_BATCH);
        try {
            while (!closing || !waiting.isEmpty()) {
                RequestSpan first = waiting.poll(GATHER_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                waiting.drainTo(batch, MOST_IN_BATCH - 1);
                send(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            dropped.add(batch.size() + waiting.size());
        }
    }

    private void send(List<RequestSpan> batch) throws InterruptedException {
        String trouble;
        try {
            request.POST(HttpRequest.BodyPublishers.ofByteArray(json.write(batch)));
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            trouble = status / 100 == 2 ? "" : "it answered " + status;
        } catch (IOException | RuntimeException e) {
            // Whatever it is: the thread goes on, for the next batch may be taken.
            trouble = e.getClass().getSimpleName();
        }
        (trouble.isEmpty() ? sent : dropped).add(batch.size());
        tell(trouble);
    }

    /** Once when it begins, once when it ends. */
    private void tell(String trouble) {
        if (!trouble.isEmpty() && !refusing) {
            LOG.warnf("Traces cannot be sent to the collector (%s); they are dropped and counted", trouble);
        } else if (trouble.isEmpty() && refusing) {
            LOG.info("Traces are sent again");
        }
        refusing = !trouble.isEmpty();
    }

    /** Sends what waits, for as long as a stopping process has time. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
