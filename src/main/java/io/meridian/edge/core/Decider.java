package io.meridian.edge.core;

import io.meridian.edge.core.model.DecisionRequest;

/** Whoever decides. {@link DecisionPipeline} does; the doors of the house need to know no more than this. */
public interface Decider {
    /**
     * Decides. Never throws for what a caller sent; the listener is told exactly once, on the calling thread, possibly before this
     * returns.
     */
    void decide(DecisionRequest request, Moment moment, DecisionPipeline.Listener listener);
}
