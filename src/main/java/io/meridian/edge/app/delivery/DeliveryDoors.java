package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.http.Deliveries;
import io.meridian.edge.adapter.http.access.Caller;
import io.meridian.edge.adapter.http.admin.Administration;
import io.meridian.edge.adapter.state.AuditFiles;
import io.meridian.edge.core.bundle.ActiveBundle;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@link Delivery} as the doors over HTTP know it. */
public final class DeliveryDoors implements Administration, Deliveries {
    private final Delivery delivery;
    private final ActiveBundle active;

    public DeliveryDoors(Delivery delivery, ActiveBundle active) {
        this.delivery = delivery;
        this.active = active;
    }

    @Override
    public CompletionStage<Answer> push(byte[] archive, boolean stage, Caller caller) {
        Origin origin = origin(Origin.Via.PUSH, caller);
        return (stage
                        ? delivery.stage(archive, origin, permission(caller))
                        : delivery.archive(archive, origin, permission(caller)))
                .thenApply(DeliveryDoors::answer);
    }

    @Override
    public CompletionStage<Answer> activate(long revision, Caller caller) {
        return delivery.activateStaged(revision, origin(Origin.Via.PUSH, caller), permission(caller))
                .thenApply(DeliveryDoors::answer);
    }

    @Override
    public CompletionStage<Answer> rollBack(long revision, String order, Caller caller) {
        return delivery.rollBack(order, revision, origin(Origin.Via.ROLLBACK, caller))
                .thenApply(DeliveryDoors::answer);
    }

    private static Origin origin(Origin.Via via, Caller caller) {
        return new Origin(via, caller.id(), "pushed by " + caller.id());
    }

    /** Somebody may bring or approve a bundle if their roles cover everything it touches; one that touches nothing, with any such role. */
    private static ReleaseGate.Permission permission(Caller caller) {
        return scopes -> {
            Set<String> missing = scopes.stream()
                    .filter(scope -> !caller.releases(scope))
                    .collect(Collectors.toCollection(java.util.TreeSet::new));
            return missing.isEmpty() && caller.releases()
                    ? null
                    : "the bundle touches " + String.join(", ", scopes) + "; your key needs author:<scope> or "
                            + "approve:<scope> for " + String.join(", ", missing) + ", or operate";
        };
    }

    private static Answer answer(Outcome outcome) {
        if (outcome instanceof Outcome.Activated activated) {
            return new Answer.Active(activated.activation(), false);
        }
        if (outcome instanceof Outcome.Unchanged unchanged) {
            return new Answer.Active(unchanged.activation(), true);
        }
        if (outcome instanceof Outcome.Staged staged) {
            return new Answer.Staged(staged.revision(), staged.digest());
        }
        Outcome.Rejected rejected = (Outcome.Rejected) outcome;
        return new Answer.Refused(rejected.code(), rejected.detail(), rejected.refusals(), rejected.problems());
    }

    @Override
    public ActiveBundle.@Nullable Activation active() {
        return active.current();
    }

    @Override
    public State state() {
        DeliveryStatus status = delivery.status();
        DeliveryStatus.LastRejected last = status.rejected();
        return new State(
                status.content(),
                status.digest(),
                status.authors(),
                status.approvers(),
                status.fromKept(),
                status.confirmed(),
                status.age(Instant.now()).toSeconds(),
                delivery.stale(),
                status.standing().highestRevision(),
                status.standing().kept().stream()
                        .map(kept -> new Kept(kept.revision(), kept.content(), kept.digest(), kept.signed()))
                        .toList(),
                last == null
                        ? null
                        : new Rejected(
                                last.time(), last.via().id(), last.outcome().code(), Told.why(last.outcome())),
                status.damages());
    }

    @Override
    public List<String> history(int limit) throws IOException {
        return AuditFiles.last(delivery.stateFolder(), limit);
    }

    @Override
    public void turnedAway(String who, String code) {
        delivery.refused(who, code);
    }
}
