package io.meridian.edge.app.delivery;

import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.release.Refusal;
import java.util.List;
import java.util.stream.Collectors;

/** What came of offering a configuration. */
public sealed interface Outcome {
    /** It decides from now on. */
    record Activated(ActiveBundle.Activation activation, List<Problem> warnings) implements Outcome {}

    /** It is what decides already. */
    record Unchanged(ActiveBundle.Activation activation) implements Outcome {}

    /** It is kept, to be activated later. */
    record Staged(long revision, String digest) implements Outcome {}

    /**
     * It was refused, and nothing changed.
     *
     * @param code stable: that of a {@link Refusal}, or one of {@link Codes}
     * @param detail one sentence or more, for people
     * @param refusals everything that spoke against it; empty if it was not looked at so far
     * @param problems what is wrong in the files; empty if they are not why
     */
    record Rejected(String code, String detail, List<Refusal> refusals, List<Problem> problems) implements Outcome {
        static Rejected of(String code, String detail) {
            return new Rejected(code, detail, List.of(), List.of());
        }

        /** @param refusals at least one; the first gives the code */
        static Rejected of(List<Refusal> refusals) {
            String detail = refusals.stream().map(Refusal::detail).collect(Collectors.joining("; "));
            return new Rejected(refusals.get(0).code().id(), detail, List.copyOf(refusals), List.of());
        }

        static Rejected of(Refusal.Code code, String detail) {
            return of(List.of(new Refusal(code, detail)));
        }

        /** @param problems at least one error */
        static Rejected doesNotCompile(List<Problem> problems) {
            long errors = problems.stream().filter(Problem::isError).count();
            String detail = "the configuration has " + errors + (errors == 1 ? " error" : " errors");
            return new Rejected(Refusal.Code.DOES_NOT_COMPILE.id(), detail, List.of(), problems);
        }
    }
}
