package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.config.ConfigFiles;
import io.meridian.edge.adapter.state.AuditEvent.What;
import io.meridian.edge.adapter.state.Kept;
import io.meridian.edge.adapter.state.StateFolder;
import io.meridian.edge.app.delivery.ReleaseGate.Refused;
import java.io.IOException;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What an edge starts with. Nothing is believed because it lies in the state folder: digests and signatures are held against the trust
 * policy again, and what fails is told and passed over for what was active before it.
 */
final class Beginning {
    private static final Logger LOG = Logger.getLogger("io.meridian.edge");

    private final ReleaseGate gate;
    private final Activations activations;
    private final Exchange exchange;
    private final StateFolder state;
    private final Ledger ledger;
    private boolean fromKept;

    Beginning(ReleaseGate gate, Activations activations, Exchange exchange, StateFolder state, Ledger ledger) {
        this.gate = gate;
        this.activations = activations;
        this.exchange = exchange;
        this.state = state;
        this.ledger = ledger;
    }

    /** @param folder null if signed bundles alone are served */
    Outcome begin(@Nullable Folder folder) {
        Origin kept = new Origin(
                Origin.Via.START, "start", "kept in " + state.folder().toAbsolutePath());
        for (String damage : state.damages()) {
            damaged(kept, Ledger.About.NOTHING, damage);
        }
        boolean signed = wasSigned();
        Outcome again = gate.open() && (signed || folder == null) ? signed(kept) : null;
        if (again != null) {
            return started(kept, again);
        }
        if (folder == null) {
            return started(
                    kept, Outcome.Rejected.of(Codes.NOTHING_KEPT, "no bundle that was active before can be used"));
        }
        if (signed) {
            return started(kept, Outcome.Rejected.of(Codes.NOTHING_KEPT, noFolder(folder)));
        }
        Origin origin = new Origin(Origin.Via.START, "start", folder.place());
        Outcome read = read(folder, origin);
        if (read instanceof Outcome.Rejected rejected) {
            Outcome last = unsigned(kept);
            if (last != null) {
                LOG.errorf(
                        "the folder %s is refused; what it held when it was last fine is served instead: %s",
                        folder.place(), Told.of(rejected));
                return started(kept, last);
            }
        }
        return started(origin, read);
    }

    /** What nobody signed does not take the place of what was signed because that cannot be read, or is trusted no more. */
    private boolean wasSigned() {
        Kept last = state.standing().active();
        return last != null && last.signed() || state.lost() && gate.open();
    }

    private String noFolder(Folder folder) {
        return "what was active last was signed, or is not known, and can no longer be used ("
                + (gate.open() ? "the audit says why" : "meridian.trust-file is not set") + "); " + folder.place()
                + ", which nobody signed, does not take its place. Mend meridian.trust-file, meridian.models or the region's key; or,"
                + " to begin anew with the folder, move " + state.folder().toAbsolutePath() + " away";
    }

    /** True if what was found at the start was not found where it comes from. */
    boolean fromKept() {
        return fromKept;
    }

    private Outcome started(Origin origin, Outcome outcome) {
        Candidate current = exchange.current();
        Ledger.About about = current == null
                ? Ledger.About.NOTHING
                : new Ledger.About(
                        current.release() == null
                                ? null
                                : current.release().archive().digest(),
                        current.content(),
                        revision(outcome));
        String code = outcome instanceof Outcome.Rejected rejected ? rejected.code() : null;
        ledger.note(What.STARTED, origin, about, code, fromKept ? "with what was kept" : null, 1);
        return outcome;
    }

    private static long revision(Outcome outcome) {
        return outcome instanceof Outcome.Activated activated
                ? activated.activation().bundle().revision()
                : 0;
    }

    private Outcome read(Folder folder, Origin origin) {
        ConfigFiles files = folder.read();
        return files.problems().isEmpty()
                ? exchange.exchange(Candidate.ofFolder(files.files()), origin, Keeping.IF_POSSIBLE)
                : Outcome.Rejected.doesNotCompile(files.problems());
    }

    /** The signed bundle that was active last and can be used; null if none can. */
    private @Nullable Outcome signed(Origin origin) {
        List<Kept> all = state.standing().kept();
        for (int i = all.size() - 1; i >= 0; i--) {
            Outcome outcome = all.get(i).signed() ? restore(all.get(i), origin) : null;
            if (outcome != null) {
                return outcome;
            }
        }
        return null;
    }

    private @Nullable Outcome unsigned(Origin origin) {
        List<Kept> all = state.standing().kept();
        for (int i = all.size() - 1; i >= 0; i--) {
            Outcome outcome = all.get(i).signed() ? null : restore(all.get(i), origin);
            if (outcome != null) {
                return outcome;
            }
        }
        return null;
    }

    private @Nullable Outcome restore(Kept kept, Origin origin) {
        Ledger.About about = new Ledger.About(kept.digest(), kept.content(), kept.revision());
        try {
            Outcome outcome = exchange.exchange(activations.again(kept), origin, Keeping.UNCHANGED);
            if (!(outcome instanceof Outcome.Rejected rejected)) {
                fromKept = true;
                return outcome;
            }
            damaged(origin, about, "revision " + kept.revision() + " cannot be used: " + Told.why(rejected));
        } catch (Refused refused) {
            damaged(
                    origin,
                    about,
                    "revision " + kept.revision() + " is refused: "
                            + refused.outcome().code() + ": "
                            + refused.outcome().detail());
        } catch (IOException unreadable) {
            damaged(origin, about, "revision " + kept.revision() + " cannot be read: " + unreadable);
        }
        return null;
    }

    private void damaged(Origin origin, Ledger.About about, String what) {
        LOG.error(what);
        ledger.note(What.DAMAGED, origin, about, null, what, 1);
    }
}
