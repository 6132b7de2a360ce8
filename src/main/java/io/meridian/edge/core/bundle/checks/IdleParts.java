package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Satisfiability;
import io.meridian.edge.core.eligibility.Satisfiability.Answer;
import io.meridian.edge.core.eligibility.Satisfiability.Idle;

/** Parts of a condition that change nothing, in a condition that otherwise says something. */
final class IdleParts {
    static final String IDLE_PART = "idle-part";

    private final Reader reader;
    private final Warnings warnings;

    IdleParts(Reader reader, Warnings warnings) {
        this.reader = reader;
        this.warnings = warnings;
    }

    /**
     * Warns of them.
     *
     * @param name of whom the condition is, for the message
     * @param here what the condition comes to where it is read
     */
    void check(ConditionText text, Condition condition, String name, Satisfiability here) {
        for (Idle idle : here.idle(condition)) {
            boolean never = idle.answer() == Answer.NEVER;
            warnings.warn(
                    text.where(),
                    IDLE_PART,
                    "in the condition of " + name
                            + (never
                                    ? " one way is never true: " + Reader.why(idle.conflict())
                                    : " the part " + idle.part() + " is always true"),
                    never ? reader.advice(idle.conflict(), "leave that way out") : "mend it, or leave it out");
        }
    }
}
