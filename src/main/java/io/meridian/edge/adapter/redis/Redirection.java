package io.meridian.edge.adapter.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way to the node another has named. The slot may have come there without its data, so that the region's mark has to stand
 * in it: a read is sent together with the question and its answer dropped if it does not; what changes something is sent only after the
 * answer.
 */
final class Redirection {
    private final PendingCommand pending;
    private final Request command;
    private final Request question;
    private final boolean asking;

    /**
     * @param question for the slot's mark
     * @param asking true if the slot is only on its way there: its mark may not have come yet, and a read does without
     */
    Redirection(PendingCommand pending, Request command, Request question, boolean asking) {
        this.pending = pending;
        this.command = command;
        this.question = question;
        this.asking = asking;
    }

    void follow(RedisLink link, RegionMarker marker, int timeoutMillis) {
        if (!pending.isRead()) {
            link.send(requests(question), new Question(link, marker), timeoutMillis);
        } else if (asking) {
            link.send(requests(command), new Sent(null), timeoutMillis);
        } else {
            link.send(List.of(question, command), new Sent(marker), timeoutMillis);
        }
    }

    private List<Request> requests(Request request) {
        List<Request> requests = new ArrayList<>(2);
        if (asking) {
            requests.add(Request.cmd(Command.ASKING));
        }
        requests.add(request);
        return requests;
    }

    /** Whatever has no answer ends the command. */
    private abstract class Step extends PendingBatch {
        @Override
        void ended(End end, @Nullable Throwable failure) {
            pending.settle(end, failure);
        }
    }

    /** Asks whether the command may be sent. */
    private final class Question extends Step {
        private final RedisLink link;
        private final RegionMarker marker;

        Question(RedisLink link, RegionMarker marker) {
            this.link = link;
            this.marker = marker;
        }

        @Override
        void answered(List<@Nullable Response> all) {
            long left = TimeUnit.NANOSECONDS.toMillis(pending.deadlineNanos - System.nanoTime());
            if (marker.judge(all.get(all.size() - 1)) != LinkTarget.Verdict.RIGHT) {
                pending.settle(End.UNMARKED, null);
            } else if (left <= 0) {
                pending.settle(End.TIMEOUT, null);
            } else {
                link.send(requests(command), new Sent(null), (int) left);
            }
        }
    }

    /** The command itself, last of what was sent. */
    private final class Sent extends Step {
        private final @Nullable RegionMarker marker;

        /** @param marker whose mark, answered first, has to stand; null if that is known */
        Sent(@Nullable RegionMarker marker) {
            this.marker = marker;
        }

        @Override
        void answered(List<@Nullable Response> all) {
            if (marker != null && marker.judge(all.get(0)) != LinkTarget.Verdict.RIGHT) {
                pending.settle(End.UNMARKED, null);
            } else {
                pending.settled = true;
                pending.answeredBy = answeredBy;
                pending.answered(all.get(all.size() - 1));
            }
        }
    }
}
