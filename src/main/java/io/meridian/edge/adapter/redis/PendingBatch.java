package io.meridian.edge.adapter.redis;

import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several commands sent at once. One error answer is that of all. */
abstract class PendingBatch extends PendingCommand {
    private List<@Nullable Response> replies = List.of();

    /** To be called before {@link #handle}. */
    final void replies(List<@Nullable Response> all) {
        replies = all;
    }

    /** @param all in the order of the commands */
    abstract void answered(List<@Nullable Response> all);

    @Override
    final void answered(@Nullable Response none) {
        answered(replies);
    }
}
