package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.adapter.release.ReleaseRefused;
import io.meridian.edge.adapter.release.RollbackOrders;
import io.meridian.edge.adapter.state.Kept;
import io.meridian.edge.core.bundle.LockedKeys;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.release.Arrival;
import io.meridian.edge.core.release.ContentDigest;
import io.meridian.edge.core.release.Refusal;
import io.meridian.edge.core.release.ReleaseCheck;
import io.meridian.edge.core.release.Scopes;
import io.meridian.edge.core.release.TrustPolicy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is signed against the trust policy. The policy is read anew each time: a key that was taken out counts no more, without a
 * restart.
 */
final class ReleaseGate {
    /** Where the trust policy comes from. */
    interface Trust {
        TrustPolicy read() throws IOException;
    }

    /** What a caller may touch. */
    interface Permission {
        /** Whoever asks is the service itself, and signatures alone decide. */
        Permission ALL = scopes -> null;

        /** What keeps the caller from touching all of these scopes; null if nothing does. */
        @Nullable
        String missing(Set<String> scopes);
    }

    /** Not taken, and why. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Outcome.Rejected outcome;

        Refused(Outcome.Rejected outcome) {
            super(outcome.detail(), null, false, false);
            this.outcome = outcome;
        }

        Outcome.Rejected outcome() {
            return outcome;
        }
    }

    private final @Nullable Trust trust;

    /** @param trust null if nothing signed is taken here */
    ReleaseGate(@Nullable Trust trust) {
        this.trust = trust;
    }

    /** True if anything signed can be taken. */
    boolean open() {
        return trust != null;
    }

    /** An archive whose every byte is the one its manifest names. */
    Archive read(byte[] bytes) throws Refused {
        try {
            return Archive.read(bytes);
        } catch (ReleaseRefused refused) {
            throw new Refused(Outcome.Rejected.of(List.of(refused.refusal())));
        }
    }

    /**
     * Decides about a new bundle.
     *
     * @param active null if nothing is active
     * @param highestRevision that was ever active
     */
    Candidate check(
            Archive archive,
            Arrival arrival,
            @Nullable Candidate active,
            long highestRevision,
            Permission permission,
            Instant now)
            throws Refused {
        TrustPolicy policy = policy();
        BundleSource source = BundleReader.read(archive.files());
        Set<String> paths = active == null
                ? new TreeSet<>(archive.files().keySet())
                : Scopes.changedPaths(
                        ContentDigest.each(active.files()), archive.manifest().digests());
        Set<String> locks = active == null ? Set.of() : LockedKeys.changed(BundleReader.read(active.files()), source);
        require(permission, paths, locks, active == null);
        ReleaseCheck.Result result = ReleaseCheck.check(new ReleaseCheck.Input(
                arrival,
                archive.manifest(),
                source.revision(),
                archive.signatures(policy),
                policy,
                paths,
                locks,
                active == null ? null : active.content(),
                highestRevision,
                now));
        return accepted(archive, result, active == null, List.copyOf(paths), List.copyOf(locks));
    }

    /**
     * Decides about a bundle that was accepted before, when this one was active: do its signatures still count? Its base and its time were
     * settled then.
     */
    Candidate checkAgain(Archive archive, Kept kept, Permission permission) throws Refused {
        if (!archive.digest().equals(kept.digest())) {
            throw new Refused(Outcome.Rejected.of(
                    Refusal.Code.DIGEST_MISMATCH,
                    "it is not the bundle that was active: another was put in its place"));
        }
        TrustPolicy policy = policy();
        Set<String> paths = new TreeSet<>(kept.changedPaths());
        Set<String> locks = new TreeSet<>(kept.changedLocks());
        require(permission, paths, locks, kept.first());
        ReleaseCheck.Result result = ReleaseCheck.check(new ReleaseCheck.Input(
                Arrival.PUSHED,
                archive.manifest(),
                0,
                archive.signatures(policy),
                policy,
                paths,
                locks,
                kept.first() ? null : archive.manifest().base(),
                0,
                kept.accepted()));
        return accepted(archive, result, kept.first(), kept.changedPaths(), kept.changedLocks());
    }

    private static void require(Permission permission, Set<String> paths, Set<String> locks, boolean first)
            throws Refused {
        String missing =
                permission.missing(ReleaseCheck.scopes(paths, locks, first).keySet());
        if (missing != null) {
            throw new Refused(Outcome.Rejected.of(Codes.FORBIDDEN, missing));
        }
    }

    private static Candidate accepted(
            Archive archive, ReleaseCheck.Result result, boolean first, List<String> paths, List<String> locks)
            throws Refused {
        if (result instanceof ReleaseCheck.Result.Refused refused) {
            throw new Refused(Outcome.Rejected.of(refused.refusals()));
        }
        ReleaseCheck.Result.Accepted accepted = (ReleaseCheck.Result.Accepted) result;
        return Candidate.of(
                new Candidate.Release(archive, first, paths, locks, accepted.authors(), accepted.approvers()));
    }

    /** Reads an order to step back. Whether it is carried out is asked of the order itself. */
    RollbackOrders.Signed order(String text) throws Refused {
        try {
            return RollbackOrders.read(text, policy());
        } catch (ReleaseRefused refused) {
            throw new Refused(Outcome.Rejected.of(List.of(refused.refusal())));
        }
    }

    TrustPolicy policy() throws Refused {
        if (trust == null) {
            throw new Refused(Outcome.Rejected.of(
                    Codes.NO_TRUST_POLICY, "nothing signed is taken here: meridian.trust-file is not set"));
        }
        try {
            return trust.read();
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new Refused(Outcome.Rejected.of(
                    Codes.TRUST_UNREADABLE, "the trust policy cannot be read: " + unreadable.getMessage()));
        }
    }
}
