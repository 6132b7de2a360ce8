package io.meridian.edge.faults;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.SplittableRandom;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Calls at a steady rate, whether or not those before them have been answered: callers do not wait for each other. */
final class Traffic implements AutoCloseable {
    static final int A_SECOND = 50;

    private static final int ONE_BY_ONE = 150;

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / A_SECOND;
    private static final long LIMIT_SECONDS = 120;

    private final Site site;
    private final HttpClient client;
    private final Canaries canaries;
    private final Tally tally;
    private final SplittableRandom random;
    private final AtomicInteger sent = new AtomicInteger();
    private final Phaser underWay = new Phaser(1);
    private final Thread thread = new Thread(this::send, "traffic");
    private volatile boolean over;

    /** Begins at once. */
    Traffic(Site site, HttpClient client, Canaries canaries, Tally tally, SplittableRandom random) {
        this.site = site;
        this.client = client;
        this.canaries = canaries;
        this.tally = tally;
        this.random = random;
        thread.setDaemon(true);
        thread.start();
    }

    private void send() {
        long due = System.nanoTime();
        while (!over) {
            due += INTERVAL_NANOS;
            LockSupport.parkNanos(due - System.nanoTime());
            Visit visit = Visit.any(random);
            String subject = canaries.subject(visit, random);
            long now = System.nanoTime();
            underWay.register();
            client.sendAsync(visit.request(site, subject), BodyHandlers.ofString())
                    .whenComplete((reply, failure) -> {
                        if (reply == null) {
                            tally.broken(visit, now, failure);
                        } else {
                            tally.answered(visit, subject, now, reply.statusCode(), reply.body());
                        }
                        underWay.arriveAndDeregister();
                    });
            sent.incrementAndGet();
        }
    }

    /** Some calls, each after the answer to the one before: what a service that has just started is given before others come. */
    static void oneByOne(Site site, HttpClient client, Canaries canaries, Tally tally, SplittableRandom random)
            throws InterruptedException {
        for (int i = 0; i < ONE_BY_ONE; i++) {
            Visit visit = Visit.any(random);
            String subject = canaries.subject(visit, random);
            long now = System.nanoTime();
            try {
                HttpResponse<String> reply = client.send(visit.request(site, subject), BodyHandlers.ofString());
                tally.answered(visit, subject, now, reply.statusCode(), reply.body());
            } catch (IOException e) {
                tally.broken(visit, now, e);
            }
        }
    }

    /** Returns when so many more calls were sent: time, counted in calls. */
    void pass(int calls) {
        int target = sent.get() + calls;
        Await.until("calls to be sent", () -> sent.get() >= target);
    }

    /** Ends it and waits for every answer. */
    @Override
    public void close() throws Exception {
        over = true;
        thread.join();
        underWay.awaitAdvanceInterruptibly(underWay.arrive(), LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
