package io.meridian.edge.adapter.redis;

import io.vertx.redis.client.impl.types.ErrorType;
import org.jspecify.annotations.Nullable;

/** Reads the errors of Redis. Nothing of this is on the way of a command that succeeds. */
final class RedisErrors {
    private RedisErrors() {}

    /** True if Redis answered so, false if there was no answer. */
    static boolean isAnswer(@Nullable Throwable failure) {
        return failure instanceof ErrorType && !"CONNECTION_CLOSED".equals(failure.getMessage());
    }

    /**
     * True if it is an error of this kind, {@code NOSCRIPT} say. The message of a batch's error names the command first, that of a script the
     * line.
     */
    static boolean is(@Nullable Throwable failure, String kind) {
        return failure != null && String.valueOf(failure.getMessage()).contains(kind);
    }

    /** The kind of an error as Redis names it, else of the failure: safe to log, unlike the message, which may hold what was sent. */
    static String kind(@Nullable Throwable failure) {
        if (failure == null) {
            return "no answer";
        }
        if (isAnswer(failure)) {
            for (String word : String.valueOf(failure.getMessage()).split("\\s", 8)) {
                if (word.length() > 3 && word.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
                    return word;
                }
            }
        }
        return failure.getClass().getSimpleName();
    }
}
