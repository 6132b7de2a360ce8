package io.meridian.edge.adapter.http.admin;

import io.meridian.edge.adapter.http.Deliveries;
import io.meridian.edge.adapter.http.access.Caller;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.release.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Port: what the doors of the administration lead to. Its stages complete on any thread, never exceptionally. */
public interface Administration {
    /** What came of an offer. */
    sealed interface Answer {
        /**
         * It decides.
         *
         * @param before true if it did already
         */
        record Active(ActiveBundle.Activation activation, boolean before) implements Answer {}

        /** It is kept, to be activated later. */
        record Staged(long revision, String digest) implements Answer {}

        /**
         * Nothing changed.
         *
         * @param code stable, see {@link io.meridian.edge.adapter.http.wire.ProblemType}
         * @param refusals each thing that spoke against the bundle; may be empty
         * @param problems what is wrong in its files; may be empty
         */
        record Refused(String code, String detail, List<Refusal> refusals, List<Problem> problems) implements Answer {}
    }

    /** A signed bundle, to be active at once or later. */
    CompletionStage<Answer> push(byte[] archive, boolean stage, Caller caller);

    /** The bundle of that revision that was staged last. */
    CompletionStage<Answer> activate(long revision, Caller caller);

    /** A signed order to step back to that revision. */
    CompletionStage<Answer> rollBack(long revision, String order, Caller caller);

    /** Null if nothing is active yet. */
    ActiveBundle.@Nullable Activation active();

    Deliveries.State state();

    /** The last lines of the audit, the oldest first. Blocks. */
    List<String> history(int limit) throws IOException;

    /** Somebody was turned away: the id of a key, or {@code unknown}, and why. Never blocks. */
    void turnedAway(String who, String code);
}
