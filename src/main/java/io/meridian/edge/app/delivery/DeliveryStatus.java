package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.state.Standing;
import io.meridian.edge.adapter.state.StateFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How things stand, for whoever asks. Immutable.
 *
 * @param content digest of the active configuration; empty if nothing is active
 * @param digest of the active bundle; null for what came from a folder
 * @param authors ids of the keys that signed it as author
 * @param approvers likewise, as approver
 * @param fromKept true if it was taken from what is kept on disk, for where it came from could not be used
 * @param confirmed when its source was last known to have nothing newer
 * @param rejected what was last refused since; null if nothing was
 * @param standing what is kept
 * @param damages what is wrong with what is kept
 */
public record DeliveryStatus(
        String content,
        @Nullable String digest,
        List<String> authors,
        List<String> approvers,
        boolean fromKept,
        Instant confirmed,
        @Nullable LastRejected rejected,
        Standing standing,
        List<String> damages) {

    static final DeliveryStatus NOTHING =
            new DeliveryStatus("", null, List.of(), List.of(), false, Instant.EPOCH, null, Standing.NOTHING, List.of());

    /** Something that was not taken. */
    public record LastRejected(Instant time, Origin.Via via, Outcome.Rejected outcome) {}

    DeliveryStatus with(StateFolder state) {
        return new DeliveryStatus(
                content, digest, authors, approvers, fromKept, confirmed, rejected, state.standing(), state.damages());
    }

    /** Another one is active: what was refused before is past. */
    DeliveryStatus active(@Nullable Candidate active, boolean kept, Instant now) {
        Candidate.Release release = active == null ? null : active.release();
        return new DeliveryStatus(
                active == null ? "" : active.content(),
                release == null ? null : release.archive().digest(),
                release == null ? List.of() : release.authors(),
                release == null ? List.of() : release.approvers(),
                kept,
                kept ? standing.since() : now,
                null,
                standing,
                damages);
    }

    DeliveryStatus rejected(LastRejected last) {
        return new DeliveryStatus(content, digest, authors, approvers, fromKept, confirmed, last, standing, damages);
    }

    DeliveryStatus confirmed(Instant now) {
        return new DeliveryStatus(content, digest, authors, approvers, false, now, rejected, standing, damages);
    }

    /** True if the last thing that was refused is what was refused last before. */
    boolean sameRejection(DeliveryStatus before) {
        return rejected != null
                && before.rejected != null
                && rejected.via() == before.rejected.via()
                && rejected.outcome().equals(before.rejected.outcome());
    }

    /** How long ago the source was last known to have nothing newer. */
    public Duration age(Instant now) {
        Duration age = Duration.between(confirmed, now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
