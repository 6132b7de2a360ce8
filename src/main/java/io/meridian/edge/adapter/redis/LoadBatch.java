package io.meridian.edge.adapter.redis;

import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Profiles on their way to one node in one flush. Of one thread. */
final class LoadBatch {
    private final List<byte[]> keys = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private CompletableFuture<@Nullable List<@Nullable Response>> answers = new CompletableFuture<>();

    void add(byte[] key, Request request) {
        keys.add(key);
        requests.add(request);
    }

    int size() {
        return keys.size();
    }

    byte[] key(int index) {
        return keys.get(index);
    }

    Request request(int index) {
        return requests.get(index);
    }

    /** Sends it, again if it was sent before. */
    void send(Route route, int timeoutMillis) {
        Flush flush = new Flush();
        answers = flush.answers;
        List<Request> all = List.copyOf(requests);
        byte[] key = keys.get(0);
        route.context().runOnContext(ignored -> route.send(key, all, flush, timeoutMillis));
    }

    /** Waits for the answers; null if there are none. */
    @Nullable
    List<@Nullable Response> answers() {
        return answers.join();
    }

    private static final class Flush extends PendingBatch {
        private final CompletableFuture<@Nullable List<@Nullable Response>> answers = new CompletableFuture<>();

        @Override
        void answered(List<@Nullable Response> all) {
            answers.complete(all);
        }

        @Override
        void ended(End end, @Nullable Throwable failure) {
            answers.complete(null);
        }
    }
}
