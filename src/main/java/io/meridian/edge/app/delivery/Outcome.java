package io.meridian.edge.app.delivery;

import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.definition.Problem;
import java.util.List;

/** What came of offering a configuration. */
public sealed interface Outcome {
    /** It decides from now on. */
    record Activated(ActiveBundle.Activation activation, List<Problem> warnings) implements Outcome {}

    /** It is what decides already. */
    record Unchanged(ActiveBundle.Activation activation) implements Outcome {}

    /**
     * It was refused, and nothing changed.
     *
     * @param code stable: that of a {@link io.meridian.edge.core.release.Refusal}, or one of {@link Activations}
     * @param detail one sentence or more, for people
     * @param problems what is wrong in the files; empty if they are not why
     */
    record Rejected(String code, String detail, List<Problem> problems) implements Outcome {}
}
