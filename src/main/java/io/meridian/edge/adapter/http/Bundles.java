package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The active bundle, for doors that read a request or write an answer by it while the pipeline decides by it too. A bundle that becomes
 * active in between must not mix with the one before, so such an answer is thrown away and made again.
 */
@Singleton
public class Bundles {
    /** Two activations do not follow within a request, let alone three. */
    private static final int MAX_TRIES = 3;

    private final ActiveBundle active;

    @Inject
    public Bundles(ActiveBundle active) {
        this.active = active;
    }

    /** The active bundle, with where it came from. Throws a problem of type {@link ProblemType#NOT_READY} if there is none. */
    ActiveBundle.Activation current() {
        ActiveBundle.Activation activation = active.current();
        if (activation == null) {
            throw new ProblemException(Problem.of(ProblemType.NOT_READY, "no bundle is active yet"));
        }
        return activation;
    }

    /**
     * An answer, or a failure, throughout which one bundle was active.
     *
     * @param answer makes it; may be asked more than once
     */
    public <T> CompletionStage<T> throughout(Function<Bundle, CompletionStage<T>> answer) {
        return attempt(answer, 1);
    }

    @SuppressWarnings("ReferenceEquality") // an activation is itself and no other
    private <T> CompletionStage<T> attempt(Function<Bundle, CompletionStage<T>> answer, int tries) {
        ActiveBundle.Activation activation = current();
        return answer.apply(activation.bundle())
                .handle((made, failure) -> {
                    if (active.current() != activation) {
                        if (tries < MAX_TRIES) {
                            return attempt(answer, tries + 1);
                        }
                        throw new ProblemException(
                                Problem.of(ProblemType.NOT_READY, "bundles are being exchanged; try again"));
                    }
                    if (failure != null) {
                        throw failure instanceof CompletionException same ? same : new CompletionException(failure);
                    }
                    return CompletableFuture.completedStage(made);
                })
                .thenCompose(Function.identity());
    }
}
