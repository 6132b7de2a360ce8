package io.meridian.edge.core.bundle;

import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.model.FactLayout;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/** Port: from what people write as conditions to what the service evaluates. Not for several threads at once. */
public interface ConditionCompiler {
    /** What came of one text. */
    sealed interface Outcome {
        record Compiled(Condition condition) implements Outcome {}

        /** @param faults at least one */
        record Rejected(List<Fault> faults) implements Outcome {}
    }

    /**
     * What is wrong with a text.
     *
     * @param line in the text, from 1
     * @param column in code points, from 1
     * @param advice what would be right; may be empty
     */
    record Fault(int line, int column, String message, String advice) {}

    /** Makes compilers: one layout, one compiler. */
    interface Factory {
        /** @param allowedValues the values a slot's strings may take; empty if any */
        ConditionCompiler over(FactLayout layout, IntFunction<List<String>> allowedValues);
    }

    /**
     * Parses, type-checks and compiles. Never throws for what stands in the text.
     *
     * @param roots what the condition may look at, by the first part of the name, for example {@code context}
     */
    Outcome compile(String text, Set<String> roots);
}
