package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.state.AuditEvent.What;
import io.meridian.edge.adapter.state.StateFolder;
import io.meridian.edge.app.delivery.ReleaseGate.Permission;
import io.meridian.edge.core.bundle.Bundle;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How configurations come into service, as one thing: hands offers to {@link Activations} in turn, and tells how things stand. Its stages
 * complete on the thread of activations, never exceptionally.
 */
public final class Delivery implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("io.meridian.edge");
    private static final long SWEEP_MILLIS = 50;

    private final ActivationThread thread = new ActivationThread();
    private final Exchange exchange;
    private final StateFolder state;
    private final Ledger ledger;
    private final Activations activations;
    private final Beginning beginning;
    private final RefusalTally tally;
    private final Clock clock;
    private final @Nullable Duration staleAfter;
    private final DeliveryCounters counters;
    private volatile DeliveryStatus status = DeliveryStatus.NOTHING;
    private volatile int retiring;

    /**
     * Takes the state folder and the ledger over.
     *
     * @param staleAfter how old the last word of the source may be; null if there is no source to hear from
     */
    Delivery(
            ReleaseGate gate,
            Exchange exchange,
            StateFolder state,
            Ledger ledger,
            DeliveryCounters counters,
            String region,
            @Nullable Duration staleAfter,
            Clock clock) {
        this.exchange = exchange;
        this.state = state;
        this.ledger = ledger;
        this.counters = counters;
        this.clock = clock;
        this.staleAfter = staleAfter;
        this.activations = new Activations(gate, exchange, state, ledger, region, clock);
        this.beginning = new Beginning(gate, activations, exchange, state, ledger);
        this.tally = new RefusalTally(ledger, System::nanoTime);
        thread.repeat(() -> retiring = exchange.sweep(), SWEEP_MILLIS);
        thread.repeat(tally::write, RefusalTally.WRITE_MILLIS);
    }

    /**
     * The first bundle: a signed one that was active before, if there is one whose signatures still count; else what is in the folder; else
     * what was in the folder when it was last fine. Blocks.
     *
     * @param folder null if signed bundles alone are served
     * @return rejected if there is none of them
     */
    Outcome begin(@Nullable Folder folder) {
        return submit(
                        new Origin(Origin.Via.START, "start", folder == null ? "kept" : folder.place()),
                        () -> beginning.begin(folder))
                .join();
    }

    /** What was saved in a folder. */
    CompletableFuture<Outcome> folder(Candidate candidate, Origin origin) {
        return submit(origin, () -> activations.folder(candidate, origin));
    }

    /** A signed bundle, to be active at once. */
    CompletableFuture<Outcome> archive(byte[] archive, Origin origin, Permission permission) {
        return submit(origin, () -> activations.archive(archive, origin, permission));
    }

    /** A signed bundle, to be active later. */
    CompletableFuture<Outcome> stage(byte[] archive, Origin origin, Permission permission) {
        return submit(origin, () -> activations.stage(archive, origin, permission));
    }

    /** The bundle of that revision that was staged last. */
    CompletableFuture<Outcome> activateStaged(long revision, Origin origin, Permission permission) {
        return submit(origin, () -> activations.activateStaged(revision, origin, permission));
    }

    /** A signed order to step back to that revision. */
    CompletableFuture<Outcome> rollBack(String order, long revision, Origin origin) {
        return submit(origin, () -> activations.rollBack(order, revision, origin));
    }

    private CompletableFuture<Outcome> submit(Origin origin, Callable<Outcome> work) {
        return thread.submit(() -> {
                    Outcome outcome = attempt(origin, work);
                    settle(origin, outcome);
                    return outcome;
                })
                .thenApply(outcome -> {
                    counters.count(origin, outcome);
                    return outcome;
                });
    }

    /** What throws is told and written down like all that changed nothing. */
    private Outcome attempt(Origin origin, Callable<Outcome> work) {
        try {
            return work.call();
        } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
            Outcome.Rejected failed = ActivationThread.failed(e);
            ledger.note(What.REJECTED, origin, Ledger.About.NOTHING, failed.code(), failed.detail(), 1);
            return failed;
        }
    }

    /** On the thread of activations. */
    private synchronized void settle(Origin origin, Outcome outcome) {
        Instant now = clock.instant();
        DeliveryStatus before = status;
        DeliveryStatus after;
        if (outcome instanceof Outcome.Rejected rejected) {
            after = before.with(state).rejected(new DeliveryStatus.LastRejected(now, origin.via(), rejected));
            if (!after.sameRejection(before)) {
                LOG.errorf(
                        "a configuration (%s) was refused, the one before stays: %s",
                        origin.via().id(), Told.of(rejected));
            }
        } else if (outcome instanceof Outcome.Activated activated) {
            after = before.with(state)
                    .active(exchange.current(), beginning.fromKept() && origin.via() == Origin.Via.START, now);
            tell(activated);
        } else {
            after = before.with(state);
        }
        status = after;
    }

    private static void tell(Outcome.Activated activated) {
        Bundle bundle = activated.activation().bundle();
        LOG.infof("region %s decides by revision %d (%s)", bundle.region().id(), bundle.revision(), bundle.digest());
        if (!activated.warnings().isEmpty()) {
            LOG.warnf(
                    "its configuration has %d warnings, first:%n%s",
                    activated.warnings().size(), activated.warnings().get(0));
        }
    }

    /** The source has nothing newer than what is active. */
    synchronized void confirmed() {
        status = status.confirmed(clock.instant());
    }

    /** What is wrong with the outside is written down in turn. */
    void note(What what, Origin origin, @Nullable String why) {
        thread.submit(() -> {
            ledger.note(what, origin, Ledger.About.NOTHING, null, why, 1);
            return Outcome.Rejected.of(Codes.BUSY, "nothing was offered");
        });
    }

    /** A caller of the administration was turned away. Never blocks. */
    void refused(String who, String code) {
        counters.rejected(code);
        tally.note(who, code);
    }

    public DeliveryStatus status() {
        return status;
    }

    public DeliveryCounters counters() {
        return counters;
    }

    /** How many replaced bundles still wait for their last decision. */
    int retiring() {
        return retiring;
    }

    /**
     * True if what is active may have been replaced where it comes from, without this edge knowing. Without a source that is so if a folder
     * could not be used; a signed bundle that was pushed is as good after a restart as before.
     */
    public boolean stale() {
        DeliveryStatus now = status;
        return now.fromKept() && staleAfter == null && now.digest() == null
                || staleAfter != null && now.age(clock.instant()).compareTo(staleAfter) > 0;
    }

    /** Ends what is under way and frees what is in use no more; the rest goes with the process. */
    @Override
    public void close() {
        boolean ended = thread.close();
        tally.write();
        if (ended) {
            exchange.close();
        }
        ledger.close();
        state.close();
    }

    /** Where bundles and audit are kept. */
    java.nio.file.Path stateFolder() {
        return state.folder();
    }
}
