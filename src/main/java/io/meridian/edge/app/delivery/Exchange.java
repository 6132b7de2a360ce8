package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.adapter.release.ReleaseRefused;
import io.meridian.edge.adapter.state.Kept;
import io.meridian.edge.adapter.state.Standing;
import io.meridian.edge.adapter.state.StateFolder;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.scoring.ModelCatalog;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts one bundle in the place of another: compile, load and warm the models, keep on disk, one volatile write. For one thread, which is
 * also the only one that frees models.
 */
final class Exchange {
    /** From what was read to a bundle with warm models. */
    interface Loading {
        BundleLoader.Result load(BundleSource source);
    }

    private final ActiveBundle active;
    private final Loading loading;
    private final StateFolder state;
    private final Clock clock;
    private final Retirement retirement = new Retirement();
    private @Nullable Candidate current;
    private ModelCatalog models = ModelCatalog.EMPTY;

    Exchange(ActiveBundle active, Loading loading, StateFolder state, Clock clock) {
        this.active = active;
        this.loading = loading;
        this.state = state;
        this.clock = clock;
    }

    /** What is active; null if nothing is. */
    @Nullable
    Candidate current() {
        return current;
    }

    /**
     * Activates what was found to be acceptable, if it compiles.
     *
     * @param keeping what is left on disk first; what was active last is not written again
     */
    Outcome exchange(Candidate candidate, Origin origin, Keeping keeping) {
        retirement.sweep();
        if (!retirement.hasRoom()) {
            return Outcome.Rejected.of(Codes.BUSY, "earlier bundles are still in use");
        }
        BundleLoader.Result result = loading.load(BundleReader.read(candidate.files()));
        if (result instanceof BundleLoader.Result.Refused refused) {
            return Outcome.Rejected.doesNotCompile(refused.problems());
        }
        BundleLoader.Result.Loaded loaded = (BundleLoader.Result.Loaded) result;
        boolean used = false;
        try {
            Outcome.Rejected rejected = stored(loaded.bundle());
            if (rejected == null) {
                rejected = keep(candidate, loaded.bundle(), keeping);
            }
            used = rejected == null;
            return rejected != null ? rejected : swap(candidate, origin, loaded);
        } finally {
            if (!used) {
                loaded.models().close();
            }
        }
    }

    /** Profiles are stored by position: what is stored must not mean something else from one moment to the next. */
    private Outcome.@Nullable Rejected stored(Bundle next) {
        ActiveBundle.Activation activation = active.current();
        if (activation == null) {
            return null;
        }
        List<Problem> problems = StoredPositions.problems(activation.bundle().contract(), next.contract());
        return problems.isEmpty() ? null : Outcome.Rejected.doesNotCompile(problems);
    }

    private Outcome.@Nullable Rejected keep(Candidate candidate, Bundle bundle, Keeping keeping) {
        if (!keeping.written()) {
            return null;
        }
        try {
            Candidate.Release release = candidate.release();
            Archive archive = release != null
                    ? release.archive()
                    : Archive.of(bundle.revision(), null, null, null, candidate.files());
            Standing standing = state.standing();
            Kept last = standing.active();
            Keeping.Order order = keeping.order();
            if (order == null && last != null && last.digest().equals(archive.digest())) {
                return null;
            }
            Instant now = clock.instant();
            Kept known = standing.find(archive.digest());
            Kept kept = known != null ? known : kept(candidate, archive, now);
            Standing next = standing.with(kept, now);
            state.activate(order == null ? next : next.carriedOut(order.id(), order.notAfter()), kept, archive.write());
            return null;
        } catch (ReleaseRefused refused) {
            return keeping.required() ? Outcome.Rejected.of(List.of(refused.refusal())) : null;
        } catch (IOException failed) {
            return keeping.required()
                    ? Outcome.Rejected.of(Codes.STATE_UNWRITABLE, "it cannot be kept on disk: " + failed)
                    : null;
        }
    }

    private Kept kept(Candidate candidate, Archive archive, Instant now) {
        Candidate.Release release = candidate.release();
        return new Kept(
                archive.digest(),
                candidate.content(),
                archive.manifest().revision(),
                release != null,
                now,
                release != null && release.first(),
                release == null ? List.of() : release.changedPaths(),
                release == null ? List.of() : release.changedLocks());
    }

    private Outcome swap(Candidate candidate, Origin origin, BundleLoader.Result.Loaded loaded) {
        ActiveBundle.Activation before = active.current();
        ActiveBundle.Activation now = active.activate(loaded.bundle(), clock.instant(), origin.source());
        if (before != null) {
            retirement.add(before, models);
        }
        models = loaded.models();
        current = candidate;
        return new Outcome.Activated(now, loaded.warnings());
    }

    /** What is active was offered again. */
    Outcome unchanged() {
        ActiveBundle.Activation activation = active.current();
        if (activation == null) {
            throw new IllegalStateException("nothing is active");
        }
        return new Outcome.Unchanged(activation);
    }

    /** Frees what is in use no more. Returns how many replaced bundles still wait for their last decision. */
    int sweep() {
        return retirement.sweep();
    }

    /** Frees what no decision uses; the rest goes with the process. For when no decision begins any more. */
    void close() {
        retirement.sweep();
        ActiveBundle.Activation last = active.current();
        if (last == null || last.idle()) {
            models.close();
        }
    }
}
