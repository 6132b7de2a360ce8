package io.meridian.edge.core;

import io.meridian.edge.core.model.Answer;
import io.meridian.edge.core.model.DecisionRequest;

/** Whoever decides: the pipeline, for all callers outside tests. */
public interface Decider {
    /** Told the answer, once. */
    interface Listener {
        void answered(Answer answer);
    }

    /**
     * Decides. Never throws for what a caller sent.
     *
     * @param listener told exactly once, on the calling thread, possibly before this returns
     */
    void decide(DecisionRequest request, Moment moment, Listener listener);
}
