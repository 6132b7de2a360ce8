package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.profile.ProfileWriter.Outcome;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands over one route from any thread. What ends without an answer ends with null. A script Redis has forgotten is sent again
 * in full, once.
 */
final class ScriptCaller {
    private final Route route;
    private final int timeoutMillis;

    ScriptCaller(Route route, int timeoutMillis) {
        this.route = route;
        this.timeoutMillis = timeoutMillis;
    }

    /** The script's answer; null if there was none. Completes on the route's event loop. */
    CompletableFuture<@Nullable Response> call(Script script, List<byte[]> keys, List<byte[]> arguments) {
        return call(script, keys, arguments, timeoutMillis);
    }

    /** Likewise, each command at most {@code millis} and never longer than usual. */
    CompletableFuture<@Nullable Response> call(Script script, List<byte[]> keys, List<byte[]> arguments, int millis) {
        int atMost = Math.min(millis, timeoutMillis);
        CompletableFuture<@Nullable Response> answer = new CompletableFuture<>();
        Request request = request(Command.EVALSHA, script.digest(), keys, arguments);
        byte[] key = keys.get(0);
        onRoute(() -> route.send(
                key,
                request,
                new Answer(answer) {
                    @Override
                    void ended(End end, @Nullable Throwable failure) {
                        if (RedisErrors.is(failure, "NOSCRIPT")) {
                            Request whole = request(Command.EVAL, script.source(), keys, arguments);
                            route.send(key, whole, new Answer(answer), atMost);
                        } else {
                            answer.complete(null);
                        }
                    }
                },
                atMost));
        return answer;
    }

    /** The values of these keys, within {@code millis}; null if there was no answer. Completes on the route's event loop. */
    CompletableFuture<@Nullable Response> values(List<byte[]> keys, int millis) {
        int atMost = Math.min(millis, timeoutMillis);
        CompletableFuture<@Nullable Response> answer = new CompletableFuture<>();
        Request request = Request.cmd(Command.MGET);
        keys.forEach(request::arg);
        onRoute(() -> route.send(keys.get(0), request, new Answer(answer), atMost));
        return answer;
    }

    /** What the letter of a writing script says. R is no outcome yet. */
    static Outcome outcome(@Nullable Response letter) {
        if (letter == null) {
            return Outcome.UNAVAILABLE;
        }
        return switch (letter.toString()) {
            case "K", "P" -> Outcome.DONE;
            case "D" -> Outcome.DUPLICATE;
            case "E" -> Outcome.ERASED;
            case "N" -> Outcome.NOT_PERMITTED;
            case "O" -> Outcome.OUTDATED;
            case "F" -> Outcome.FORGOTTEN;
            default -> Outcome.UNAVAILABLE;
        };
    }

    static byte[] bytes(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    private void onRoute(Runnable work) {
        route.context().runOnContext(ignored -> work.run());
    }

    private static Request request(Command command, byte[] script, List<byte[]> keys, List<byte[]> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }

    /** Hands the answer on. */
    private static class Answer extends PendingCommand {
        private final CompletableFuture<@Nullable Response> answer;

        Answer(CompletableFuture<@Nullable Response> answer) {
            this.answer = answer;
        }

        @Override
        void answered(@Nullable Response response) {
            answer.complete(response);
        }

        @Override
        void ended(End end, @Nullable Throwable failure) {
            answer.complete(null);
        }
    }
}
