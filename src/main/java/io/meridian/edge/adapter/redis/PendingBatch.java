package io.meridian.edge.adapter.redis;

import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Several commands sent at once. Its future gives their answers, or null if there were none. */
final class PendingBatch extends PendingCommand {
    List<@Nullable Response> replies = List.of();
    private final CompletableFuture<@Nullable List<@Nullable Response>> answers;

    PendingBatch(CompletableFuture<@Nullable List<@Nullable Response>> answers) {
        this.answers = answers;
    }

    @Override
    void answered(@Nullable Response none) {
        answers.complete(replies);
    }

    @Override
    void ended(End end, @Nullable Throwable failure) {
        answers.complete(null);
    }
}
