package io.meridian.edge.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.core.bundle.ActiveBundle;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What bundles say does not matter here, only when they are exchanged; none is built. */
class BundlesTest {
    private final ActiveBundle active = new ActiveBundle();
    private final Bundles bundles = new Bundles(active);
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void anAnswerThatAnActivationMetIsMadeAgain() {
        activate();
        assertEquals(
                2, bundles.throughout(bundle -> answer(1)).toCompletableFuture().join());
        assertEquals(
                3, bundles.throughout(bundle -> answer(0)).toCompletableFuture().join());
    }

    @Test
    void soIsAFailure() {
        activate();
        int answer = bundles.throughout(bundle -> answer(1).thenApply(count -> {
                    if (count == 1) {
                        throw new IllegalStateException("the bundle before did not know this");
                    }
                    return count;
                }))
                .toCompletableFuture()
                .join();
        assertEquals(2, answer);
    }

    @Test
    void triesEndSomeTime() {
        activate();
        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> bundles.throughout(bundle -> answer(Integer.MAX_VALUE))
                        .toCompletableFuture()
                        .join());
        assertEquals(
                ProblemType.NOT_READY,
                ((ProblemException) failure.getCause()).problem().type());
        assertEquals(3, made.get());
    }

    @Test
    void withoutABundleNothingIsAsked() {
        assertThrows(ProblemException.class, () -> bundles.throughout(bundle -> answer(0)));
        assertEquals(0, made.get());
    }

    /** The how manieth answer it is; the first so many are met by an activation. */
    private CompletableFuture<Integer> answer(int met) {
        int count = made.incrementAndGet();
        if (count <= met) {
            activate();
        }
        return CompletableFuture.completedFuture(count);
    }

    private void activate() {
        active.activate(null, Instant.EPOCH, "a test");
    }
}
