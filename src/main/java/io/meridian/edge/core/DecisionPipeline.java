package io.meridian.edge.core;

import io.meridian.edge.core.model.Answer;
import io.meridian.edge.core.model.DecisionRequest;

/** The way of a decision. */
public final class DecisionPipeline implements Decider {
    /** Told the answer, once. */
    public interface Listener {
        void answered(Answer answer);
    }

    /**
     * Decides. Never throws for what a caller sent; the listener is told exactly once, on the calling thread, possibly before this
     * returns.
     */
    @Override
    public void decide(DecisionRequest request, Moment moment, Listener listener) {
        throw new IllegalStateException();
    }
}
