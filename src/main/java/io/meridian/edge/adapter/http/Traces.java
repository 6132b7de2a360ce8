package io.meridian.edge.adapter.http;

import io.meridian.edge.core.model.Decision;
import org.jspecify.annotations.Nullable;

/** Port: where the traces of requests are kept. */
@FunctionalInterface
public interface Traces {
    /** The trace of the request that this thread is handling; null if it is not traced, which is the rule. */
    @Nullable
    Trace current();

    /** The trace of one request. */
    @FunctionalInterface
    interface Trace {
        /**
         * A decision was made for it.
         *
         * @param asked when it was asked for, by {@link System#nanoTime()}
         */
        void decided(Decision decision, long asked);
    }
}
