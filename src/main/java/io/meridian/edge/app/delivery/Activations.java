package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.adapter.release.RollbackOrders;
import io.meridian.edge.adapter.state.AuditEvent.What;
import io.meridian.edge.adapter.state.Kept;
import io.meridian.edge.adapter.state.StateFolder;
import io.meridian.edge.app.delivery.ReleaseGate.Permission;
import io.meridian.edge.app.delivery.ReleaseGate.Refused;
import io.meridian.edge.core.release.Arrival;
import io.meridian.edge.core.release.Refusal;
import io.meridian.edge.core.release.RollbackOrder;
import io.meridian.edge.core.release.TrustPolicy;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one way a configuration becomes active: is it acceptable, is the audit written, then {@link Exchange}. Whatever is refused on the
 * way leaves everything as it was. All of it happens on one thread, {@link ActivationThread}.
 */
final class Activations {
    private final ReleaseGate gate;
    private final Exchange exchange;
    private final StateFolder state;
    private final Ledger ledger;
    private final String region;
    private final Clock clock;
    /** What was pulled last and refused: it is looked at again each time, but written down once. */
    private String refusedPull = "";

    Activations(ReleaseGate gate, Exchange exchange, StateFolder state, Ledger ledger, String region, Clock clock) {
        this.gate = gate;
        this.exchange = exchange;
        this.state = state;
        this.ledger = ledger;
        this.region = region;
        this.clock = clock;
    }

    /** A folder's files, which nobody signs. They do not replace what is signed. */
    Outcome folder(Candidate candidate, Origin origin) {
        Candidate current = exchange.current();
        Ledger.About about = new Ledger.About(null, candidate.content(), 0);
        if (current != null && current.release() != null) {
            return rejected(
                    origin,
                    about,
                    Outcome.Rejected.of(
                            Codes.SIGNED_ACTIVE,
                            "a signed bundle is active; what is saved in the folder has to be bundled and signed"));
        }
        return activate(candidate, origin, about, What.OFFERED, What.ACTIVATED, null, Keeping.REQUIRED);
    }

    /**
     * A signed bundle.
     *
     * @param permission what the caller may touch; signatures are asked as well
     */
    Outcome archive(byte[] bytes, Origin origin, Permission permission) {
        Ledger.About about = Ledger.About.NOTHING;
        try {
            Archive archive = gate.read(bytes);
            about = about(archive);
            Outcome same = same(archive);
            if (same != null) {
                return same;
            }
            Candidate candidate = check(archive, origin, permission);
            Outcome outcome = activate(candidate, origin, about, What.OFFERED, What.ACTIVATED, null, Keeping.REQUIRED);
            if (outcome instanceof Outcome.Activated) {
                state.unstage(archive.digest());
            }
            return outcome;
        } catch (Refused refused) {
            return rejected(origin, about, refused.outcome());
        }
    }

    /** Keeps a signed bundle, to be activated later: all is asked of it now that will be asked then, but whether its time has come. */
    Outcome stage(byte[] bytes, Origin origin, Permission permission) {
        Ledger.About about = Ledger.About.NOTHING;
        try {
            Archive archive = gate.read(bytes);
            about = about(archive);
            Instant from = archive.manifest().notBefore();
            Instant then = from != null && from.isAfter(clock.instant()) ? from : clock.instant();
            gate.check(
                    archive,
                    Arrival.PUSHED,
                    exchange.current(),
                    state.standing().highestRevision(),
                    permission,
                    then);
            ledger.require(What.STAGED, origin, about, null);
            state.stage(archive.digest(), bytes);
            return new Outcome.Staged(archive.manifest().revision(), archive.digest());
        } catch (Refused refused) {
            return rejected(origin, about, refused.outcome());
        } catch (IOException failed) {
            return rejected(origin, about, unwritable(failed));
        }
    }

    /** Activates the bundle of that revision that was staged last. */
    Outcome activateStaged(long revision, Origin origin, Permission permission) {
        try {
            List<byte[]> staged = state.staged();
            for (int i = staged.size() - 1; i >= 0; i--) {
                if (gate.read(staged.get(i)).manifest().revision() == revision) {
                    return archive(staged.get(i), origin, permission);
                }
            }
        } catch (Refused damaged) {
            return rejected(origin, Ledger.About.NOTHING, damaged.outcome());
        } catch (IOException failed) {
            return rejected(origin, Ledger.About.NOTHING, unwritable(failed));
        }
        return rejected(
                origin,
                Ledger.About.NOTHING,
                Outcome.Rejected.of(Codes.NOT_STAGED, "no bundle of revision " + revision + " waits to be activated"));
    }

    /**
     * Goes back to a bundle that was active before.
     *
     * @param text the signed order
     * @param revision where the caller believes it goes; 0 for wherever
     */
    Outcome rollBack(String text, long revision, Origin origin) {
        Ledger.About about = Ledger.About.NOTHING;
        try {
            TrustPolicy policy = gate.policy();
            RollbackOrders.Signed signed = gate.order(text);
            RollbackOrder order = signed.order();
            String by = "ordered by " + signed.kid() + ": " + order.reason();
            Candidate current = exchange.current();
            List<Kept> kept = state.standing().kept();
            List<Refusal> refusals = order.refusals(
                    signed.id(),
                    signed.kid(),
                    signed.standing(),
                    new RollbackOrder.Situation(
                            region,
                            current == null ? null : current.content(),
                            kept,
                            state.standing().carriedOut().keySet(),
                            policy,
                            clock.instant()));
            if (!refusals.isEmpty()) {
                return rejected(origin, about, Outcome.Rejected.of(refusals));
            }
            Kept target = Objects.requireNonNull(order.target(kept));
            about = new Ledger.About(target.digest(), target.content(), target.revision());
            if (revision != 0 && target.revision() != revision) {
                return rejected(
                        origin,
                        about,
                        Outcome.Rejected.of(
                                Refusal.Code.BAD_ROLLBACK,
                                "the order goes back to revision " + target.revision() + ", not to " + revision));
            }
            if (!target.signed() && kept.stream().anyMatch(Kept::signed)) {
                return rejected(
                        origin,
                        about,
                        Outcome.Rejected.of(
                                Refusal.Code.BAD_ROLLBACK,
                                "what was active then came from a folder; once something signed was active, only what is signed is"));
            }
            Keeping keeping = Keeping.carryingOut(new Keeping.Order(signed.id(), order.notAfter()));
            return activate(again(target), origin, about, What.ROLLBACK_ORDERED, What.ROLLED_BACK, by, keeping);
        } catch (Refused refused) {
            return rejected(origin, about, refused.outcome());
        } catch (IOException damaged) {
            return rejected(
                    origin,
                    about,
                    Outcome.Rejected.of(Refusal.Code.BAD_ROLLBACK, "the kept bundle cannot be read: " + damaged));
        }
    }

    /** What was active before, held against its digests and, if it is signed, against today's trust policy. */
    Candidate again(Kept kept) throws Refused, IOException {
        Archive archive = gate.read(state.kept(kept));
        if (kept.signed()) {
            return gate.checkAgain(archive, kept, Permission.ALL);
        }
        if (!archive.digest().equals(kept.digest())) {
            throw new Refused(Outcome.Rejected.of(Refusal.Code.DIGEST_MISMATCH, "another file was put in its place"));
        }
        return Candidate.ofFolder(archive.files());
    }

    private Candidate check(Archive archive, Origin origin, Permission permission) throws Refused {
        Kept last = state.standing().active();
        if (last != null && last.signed() && last.digest().equals(archive.digest())) {
            // It was active last, could not be used at the start, and comes again: nothing old comes back by it.
            return gate.checkAgain(archive, last, permission);
        }
        return gate.check(
                archive,
                origin.via() == Origin.Via.PULL ? Arrival.PULLED : Arrival.PUSHED,
                exchange.current(),
                state.standing().highestRevision(),
                permission,
                clock.instant());
    }

    /** If it is what is active already. */
    private @Nullable Outcome same(Archive archive) {
        Candidate.Release release =
                exchange.current() == null ? null : exchange.current().release();
        boolean same = release != null && release.archive().digest().equals(archive.digest());
        return same ? exchange.unchanged() : null;
    }

    private static Ledger.About about(Archive archive) {
        return new Ledger.About(
                archive.digest(),
                archive.manifest().content(),
                archive.manifest().revision());
    }

    private Outcome activate(
            Candidate candidate,
            Origin origin,
            Ledger.About about,
            What offered,
            What done,
            @Nullable String why,
            Keeping keeping) {
        Candidate current = exchange.current();
        if (current != null && candidate.release() == null && current.content().equals(candidate.content())) {
            return exchange.unchanged();
        }
        try {
            // What is pulled again after it was refused was written down when it came first.
            if (origin.via() != Origin.Via.PULL || !refusedPull.startsWith(about.toString())) {
                ledger.require(offered, origin, about, why);
            }
        } catch (IOException failed) {
            if (keeping.required()) {
                return rejected(origin, about, unwritable(failed));
            }
        }
        Outcome outcome = exchange.exchange(candidate, origin, keeping);
        if (outcome instanceof Outcome.Rejected rejected) {
            return rejected(origin, about, rejected);
        }
        if (outcome instanceof Outcome.Activated activated) {
            Ledger.About active = new Ledger.About(
                    about.digest(),
                    candidate.content(),
                    activated.activation().bundle().revision());
            ledger.note(done, origin, active, null, why, 1);
            refusedPull = "";
        }
        return outcome;
    }

    private static Outcome.Rejected unwritable(IOException failed) {
        return Outcome.Rejected.of(Codes.STATE_UNWRITABLE, "the state folder cannot be written: " + failed);
    }

    private Outcome rejected(Origin origin, Ledger.About about, Outcome.Rejected rejected) {
        String pull = about + rejected.code();
        if (origin.via() != Origin.Via.PULL || !pull.equals(refusedPull)) {
            ledger.note(What.REJECTED, origin, about, rejected.code(), Told.why(rejected), 1);
        }
        refusedPull = origin.via() == Origin.Via.PULL ? pull : refusedPull;
        return rejected;
    }
}
