package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.source.ArchiveSource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Asks a source for the bundle to decide by, again and again: about every interval, a fifth sooner or later so that many edges do not ask at
 * once; after failures in a row each time twice as late, up to {@value #MAX_FACTOR} intervals.
 */
final class Puller implements AutoCloseable {
    static final int MAX_FACTOR = 8;

    private static final double JITTER = 0.2;

    /** Told what came of asking. */
    interface Listener {
        /** Something is there that is not in use yet; returns whether it, or the same, is now. */
        boolean offered(byte[] archive);

        /** There is nothing newer. */
        void confirmed();

        /** @param inRow how often in a row, from 1 */
        void unreachable(String why, int inRow);
    }

    private final ArchiveSource source;
    private final Duration interval;
    private final Listener listener;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread created = new Thread(work, "bundle-poll");
        created.setDaemon(true);
        return created;
    });
    private int failures;

    Puller(ArchiveSource source, Duration interval, Listener listener) {
        this.source = source;
        this.interval = interval;
        this.listener = listener;
    }

    /**
     * Asks at once and from then on by itself. To be called once.
     *
     * @param wait true if there is nothing to decide by yet: then the first asking is on the calling thread
     */
    void start(boolean wait) {
        if (wait) {
            askAndGoOn();
        } else {
            after(0);
        }
    }

    private void askAndGoOn() {
        try {
            ask();
        } finally {
            after(delayMillis());
        }
    }

    private void after(long millis) {
        if (!thread.isShutdown()) {
            try {
                thread.schedule(this::askAndGoOn, millis, TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.RejectedExecutionException stopping) {
                // Closed in between.
            }
        }
    }

    private long delayMillis() {
        long factor = Math.min(MAX_FACTOR, 1L << Math.min(failures, 16));
        double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return (long) (interval.toMillis() * factor * jitter);
    }

    private void ask() {
        try {
            byte[] archive = source.fetch();
            failures = 0;
            if (archive == null || listener.offered(archive)) {
                if (archive != null) {
                    source.taken();
                }
                listener.confirmed();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
            failures++;
            listener.unreachable(String.valueOf(e.getMessage()), failures);
        }
    }

    /** Asks no more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
