package io.meridian.edge.adapter.redis;

import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The node a link leads to: where it is, what proves that it is the right one, and who mends what the link cannot. */
interface LinkTarget {
    /** What a proof has shown. */
    enum Verdict {
        RIGHT,
        /** The right node as far as it can be known, without the region's mark. */
        UNMARKED,
        /** Another node has to be sought. */
        WRONG
    }

    /** Where it is now, null if nobody knows. Any thread. */
    @Nullable
    Endpoint endpoint();

    /** What a connection is asked before it is used, and about every second after. Not empty. */
    List<Request> proof();

    /** @param answers in the order of {@link #proof} */
    Verdict judge(List<@Nullable Response> answers);

    /** True if subjects of a node that is right otherwise are not read for want of a mark. Any thread. */
    default boolean lacksMarks() {
        return false;
    }

    /**
     * Told of an error answer before the command ends by it.
     *
     * @param error as Redis said it
     * @return true if the command was taken over and will be ended by somebody else
     */
    boolean redirected(PendingCommand pending, String error);

    /** The node cannot be reached, or is the wrong one. */
    void troubled();
}
