package io.meridian.edge.app.delivery;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The one thread on which bundles are exchanged, one after the other, off the way of any request. */
final class ActivationThread {
    /** As many may wait to be looked at; the next is refused. */
    static final int MAX_WAITING = 16;

    private static final Logger LOG = Logger.getLogger("io.meridian.edge");
    private static final long CLOSE_SECONDS = 10;
    private static final Outcome.Rejected FAILED =
            Outcome.Rejected.of(Codes.FAILED, "the activation failed for a reason of ours; the log says where");

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread created = new Thread(work, "activations");
        created.setDaemon(true);
        return created;
    });
    private final Semaphore room = new Semaphore(MAX_WAITING);

    /** Does the work when its turn comes. Never completes exceptionally. */
    CompletableFuture<Outcome> submit(Callable<Outcome> work) {
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        if (!room.tryAcquire()) {
            done.complete(Outcome.Rejected.of(Codes.BUSY, "so many wait to be looked at already: try again"));
            return done;
        }
        try {
            thread.execute(() -> {
                // Whoever is told may offer the next at once.
                Outcome outcome = FAILED;
                try {
                    outcome = perform(work);
                } finally {
                    room.release();
                    done.complete(outcome);
                }
            });
        } catch (RejectedExecutionException e) {
            room.release();
            done.complete(Outcome.Rejected.of(Codes.BUSY, "the service is stopping"));
        }
        return done;
    }

    private static Outcome perform(Callable<Outcome> work) {
        try {
            return work.call();
        } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
            return failed(e);
        }
    }

    /** Says where it went wrong to the log alone. */
    static Outcome.Rejected failed(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        String where = trace.length == 0 ? "?" : trace[0].toString();
        LOG.errorf("an activation failed: %s at %s", e, where);
        return FAILED;
    }

    /** Does this again and again, between activations. */
    void repeat(Runnable work, long millis) {
        thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        LOG.errorf("on the thread of activations: %s", e);
                    }
                },
                millis,
                millis,
                TimeUnit.MILLISECONDS);
    }

    /** Takes no more and waits for what is under way, {@value #CLOSE_SECONDS} seconds at most. Returns whether it has ended. */
    boolean close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("an activation is still under way");
                return false;
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
