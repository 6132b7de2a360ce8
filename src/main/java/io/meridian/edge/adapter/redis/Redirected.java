package io.meridian.edge.adapter.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command on its way to the node another has named. */
final class Redirected extends PendingBatch {
    private final PendingCommand pending;
    private final @Nullable RegionMarker marker;

    /**
     * @param marker whose mark has to stand in the slot for the answer to count, because the slot may have come there without its data;
     *     null if the slot is only on its way there, and its mark may not have come yet
     */
    Redirected(PendingCommand pending, @Nullable RegionMarker marker) {
        this.pending = pending;
        this.marker = marker;
    }

    /** What to send: the command, and before it what allows it or what shows whether its answer counts. */
    List<Request> requests(Request command, int slot) {
        Request first = marker == null ? Request.cmd(Command.ASKING) : marker.question(RegionMarker.key(slot));
        return List.of(first, command);
    }

    @Override
    void answered(List<@Nullable Response> all) {
        if (marker != null && marker.judge(all.get(0)) != LinkTarget.Verdict.RIGHT) {
            pending.settle(End.UNMARKED, null);
        } else {
            pending.settled = true;
            pending.answeredBy = answeredBy;
            pending.answered(all.get(1));
        }
    }

    @Override
    void ended(End end, @Nullable Throwable failure) {
        pending.settle(end, failure);
    }
}
