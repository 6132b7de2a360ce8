package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.scoring.ModelCatalog;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one way a configuration becomes active, one after the other on a thread of its own: read, compile, load and warm the models, then
 * one volatile write; what the bundle before ran on is freed when its last decision is over. Whatever is refused on the way leaves
 * everything as it was.
 */
public final class Activations implements AutoCloseable {
    /** Code: too many wait to be looked at, or to be freed. */
    static final String BUSY = "busy";

    /** Code: something of ours went wrong. */
    static final String FAILED = "failed";

    private static final Logger LOG = Logger.getLogger("io.meridian.edge");
    private static final int MAX_WAITING = 16;
    private static final long SWEEP_MILLIS = 20;
    private static final long CLOSE_SECONDS = 10;

    /** From what was read to a bundle with warm models. */
    public interface Loading {
        BundleLoader.Result load(BundleSource source);
    }

    private final ActiveBundle active;
    private final Loading loading;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread;
    private final Semaphore room = new Semaphore(MAX_WAITING);

    private volatile @Nullable Candidate current;

    // Of the thread.
    private final Retirement retirement = new Retirement();
    private ModelCatalog models = ModelCatalog.EMPTY;

    public Activations(ActiveBundle active, Loading loading, Clock clock) {
        this.active = active;
        this.loading = loading;
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread created = new Thread(work, "activations");
            created.setDaemon(true);
            return created;
        });
    }

    /** Offers a configuration; completes on the thread of activations, never exceptionally. */
    CompletableFuture<Outcome> offer(Candidate candidate, Origin origin) {
        return inTurn(() -> consider(candidate, origin));
    }

    /** Content digest of what is active; empty if nothing is. */
    String content() {
        Candidate serving = current;
        return serving == null ? "" : serving.content();
    }

    private CompletableFuture<Outcome> inTurn(Callable<Outcome> work) {
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        if (!room.tryAcquire()) {
            done.complete(busy("so many configurations wait to be looked at: try again"));
            return done;
        }
        try {
            thread.execute(() -> {
                try {
                    Outcome outcome = work.call();
                    log(outcome);
                    done.complete(outcome);
                } catch (Exception | LinkageError e) {
                    done.complete(new Outcome.Rejected(FAILED, "the activation failed: " + e, List.of()));
                } finally {
                    room.release();
                }
            });
        } catch (RejectedExecutionException e) {
            room.release();
            done.complete(busy("the service is stopping"));
        }
        return done;
    }

    private static void log(Outcome outcome) {
        if (outcome instanceof Outcome.Activated activated) {
            Bundle bundle = activated.activation().bundle();
            LOG.infof(
                    "region %s decides by revision %d (%s)", bundle.region().id(), bundle.revision(), bundle.digest());
            if (!activated.warnings().isEmpty()) {
                LOG.warnf("of %d warnings:%n%s", activated.warnings().size(), Told.problems(activated.warnings()));
            }
        } else if (outcome instanceof Outcome.Rejected rejected) {
            LOG.errorf("a configuration was refused, the one before stays active: %s", Told.of(rejected));
        }
    }

    private static Outcome.Rejected busy(String detail) {
        return new Outcome.Rejected(BUSY, detail, List.of());
    }

    private Outcome consider(Candidate candidate, Origin origin) {
        Candidate serving = current;
        ActiveBundle.Activation activation = active.current();
        if (serving != null && activation != null && serving.content().equals(candidate.content())) {
            return new Outcome.Unchanged(activation);
        }
        retirement.sweep();
        if (!retirement.hasRoom()) {
            return busy("earlier bundles are still in use");
        }
        BundleLoader.Result result = loading.load(BundleReader.read(candidate.files()));
        if (result instanceof BundleLoader.Result.Refused refused) {
            return new Outcome.Rejected("does-not-compile", "the configuration has errors", refused.problems());
        }
        return swap(candidate, origin, (BundleLoader.Result.Loaded) result);
    }

    private Outcome swap(Candidate candidate, Origin origin, BundleLoader.Result.Loaded loaded) {
        ActiveBundle.Activation before = active.current();
        ActiveBundle.Activation now = active.activate(loaded.bundle(), clock.instant(), origin.source());
        if (before != null) {
            retirement.add(before, models);
            sweep();
        }
        models = loaded.models();
        current = candidate;
        return new Outcome.Activated(now, loaded.warnings());
    }

    private void sweep() {
        if (retirement.sweep() > 0 && !thread.isShutdown()) {
            thread.schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Ends what is under way and frees everything. For when nothing decides any more. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        retirement.sweep();
        models.close();
    }
}
