package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.ConditionSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles condition texts, each once, and reports their faults at the place in the file. */
final class Conditions {
    /** What a condition may look at. */
    enum Scope {
        ANYTHING("profile", "context", "score", "segment"),
        /** Segments are made from facts, not from each other. */
        NO_SEGMENTS("profile", "context", "score"),
        /** Factors also count for visitors of whom nothing may be known. */
        CONTEXT_ONLY("context");

        private final Set<String> roots;

        Scope(String... roots) {
            this.roots = Set.of(roots);
        }
    }

    private final ConditionCompiler compiler;
    private final List<String> unjudgeable;
    private final ForbiddenAttributes forbidden;
    private final Findings findings;
    private final ConditionSet.Builder set = new ConditionSet.Builder();
    /** By the place it was written at: a text may stand in the view of many markets and is reported once. */
    private final Map<ConditionText, Optional<Condition>> compiled = new IdentityHashMap<>();

    private final Map<String, Condition> byText = new HashMap<>();

    /**
     * @param unjudgeable names of which nothing is known for a reason already reported: conditions with them are not looked at
     * @param forbidden what conditions of markets and regions may not read
     */
    Conditions(ConditionCompiler compiler, List<String> unjudgeable, ForbiddenAttributes forbidden, Findings findings) {
        this.compiler = compiler;
        this.unjudgeable = unjudgeable;
        this.forbidden = forbidden;
        this.findings = findings;
    }

    /** The condition; null if there is no text, or there is a problem with it. */
    @Nullable
    Condition compile(@Nullable ConditionText text, Scope scope) {
        if (text == null) {
            return null;
        }
        Optional<Condition> known = compiled.get(text);
        if (known == null) {
            known = Optional.ofNullable(compileNew(text, scope));
            known.ifPresent(condition -> forbidden.check(text, condition, findings));
            compiled.put(text, known);
        }
        return known.orElse(null);
    }

    /** What became of a text that was compiled before; null if it was not, or there is a problem with it. */
    @Nullable
    Condition known(ConditionText text) {
        Optional<Condition> known = compiled.get(text);
        return known == null ? null : known.orElse(null);
    }

    /** The condition's index, {@link ConditionSet#NONE} for none. */
    int index(@Nullable Condition condition) {
        return condition == null ? ConditionSet.NONE : set.add(condition);
    }

    ConditionSet build() {
        return set.build();
    }

    private @Nullable Condition compileNew(ConditionText text, Scope scope) {
        if (unjudgeable.stream().anyMatch(text.text()::contains)) {
            return null;
        }
        String key = scope + text.text();
        Condition known = byText.get(key);
        if (known != null) {
            return known;
        }
        ConditionCompiler.Outcome outcome = compiler.compile(text.text(), scope.roots);
        if (outcome instanceof ConditionCompiler.Outcome.Rejected rejected) {
            rejected.faults()
                    .forEach(fault -> findings.add(
                            text.at(fault.line(), fault.column()), "bad-condition", fault.message(), fault.advice()));
            return null;
        }
        Condition condition = ((ConditionCompiler.Outcome.Compiled) outcome).condition();
        byText.put(key, condition);
        return condition;
    }
}
