package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.profile.ProfileWriter.Outcome;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands over one route from any thread. What ends without an answer ends with null. A script Redis has forgotten is sent again
 * in full, once.
 */
final class ScriptCaller {
    /** How long a replica has to confirm a change, milliseconds. Redis holds up what comes behind on the connection meanwhile. */
    private static final int REPLICA_MILLIS = 300;

    private final Route route;
    private final int timeoutMillis;
    private final @Nullable LongAdder unconfirmed;

    private ScriptCaller(Route route, int timeoutMillis, @Nullable LongAdder unconfirmed) {
        this.route = route;
        this.timeoutMillis = timeoutMillis;
        this.unconfirmed = unconfirmed;
    }

    /** One that takes the master's word. */
    static ScriptCaller plain(Route route, int timeoutMillis) {
        return new ScriptCaller(route, timeoutMillis, null);
    }

    /**
     * One whose scripts count as answered only when a replica has their changes as well. Where none confirms it in time, the change
     * stands on the master and ends without an answer, for the caller to repeat it.
     *
     * @param unconfirmed counts those
     */
    static ScriptCaller confirmed(Route route, int timeoutMillis, LongAdder unconfirmed) {
        return new ScriptCaller(route, timeoutMillis, unconfirmed);
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
                    void answered(@Nullable Response letter) {
                        confirm(this, letter, answer);
                    }

                    @Override
                    void ended(End end, @Nullable Throwable failure) {
                        if (RedisErrors.is(failure, "NOSCRIPT")) {
                            Request whole = request(Command.EVAL, script.source(), keys, arguments);
                            route.send(key, whole, new Whole(answer), atMost);
                        } else {
                            answer.complete(null);
                        }
                    }
                },
                atMost));
        return answer;
    }

    /** Waits for a replica where that is wanted, over the connection that made the change: Redis knows it by that. */
    private void confirm(PendingCommand made, @Nullable Response letter, CompletableFuture<@Nullable Response> answer) {
        RedisLink over = made.answeredBy;
        if (unconfirmed == null || over == null) {
            answer.complete(letter);
            return;
        }
        Request wait = Request.cmd(Command.WAIT).arg(1).arg(REPLICA_MILLIS);
        over.sendBehind(
                wait,
                new Answer(answer) {
                    @Override
                    void answered(@Nullable Response replicas) {
                        if (replicas != null && replicas.type() == ResponseType.NUMBER && replicas.toInteger() > 0) {
                            answer.complete(letter);
                        } else {
                            unconfirmed.increment();
                            answer.complete(null);
                        }
                    }
                },
                timeoutMillis);
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

    /** A script that was sent in full. */
    private final class Whole extends Answer {
        private final CompletableFuture<@Nullable Response> answer;

        Whole(CompletableFuture<@Nullable Response> answer) {
            super(answer);
            this.answer = answer;
        }

        @Override
        void answered(@Nullable Response letter) {
            confirm(this, letter, answer);
        }
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
