package io.meridian.edge.adapter.redis;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

/**
 * A command in flight on a {@link RedisLink}, from sending to its answer, however late. Confined to the link's event loop.
 *
 * <p>Exactly one of {@link #answered} and {@link #ended} is called, once.
 */
abstract class PendingCommand implements Handler<AsyncResult<Response>> {
    /** Why there is no answer. */
    enum End {
        TIMEOUT,
        /** No connection, an open breaker, too many in flight, or an error answer. */
        UNAVAILABLE,
        /** The connection stands, without the region's mark. */
        UNMARKED
    }

    @Nullable
    RedisLink sentOn;

    @Nullable
    PendingCommand previous;

    @Nullable
    PendingCommand next;

    /** What was sent, so that it can be sent elsewhere; null for what is not. */
    @Nullable
    Request request;

    /** Over which link the answer came; null until then. */
    @Nullable
    RedisLink answeredBy;

    int timeoutMillis;
    long deadlineNanos;
    boolean redirected;
    boolean settled;

    /** True if it changes nothing, so that it may be carried out where its answer does not count. */
    boolean isRead() {
        return false;
    }

    /** @param response null is Redis's nil */
    abstract void answered(@Nullable Response response);

    /** @param failure what Redis answered, if it answered with an error */
    abstract void ended(End end, @Nullable Throwable failure);

    @Override
    public final void handle(AsyncResult<Response> result) {
        RedisLink over = sentOn;
        if (over != null) {
            over.replied(this, result);
        }
    }

    final void settle(End end, @Nullable Throwable failure) {
        if (!settled) {
            settled = true;
            ended(end, failure);
        }
    }
}
