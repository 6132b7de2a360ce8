package io.meridian.edge.app;

import io.meridian.edge.adapter.cel.CelCompiler;
import io.meridian.edge.core.bundle.ConditionCompiler;
import io.meridian.edge.core.model.FactLayout;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/** Conditions are CEL. */
final class CelConditions implements ConditionCompiler {
    private final CelCompiler compiler;

    CelConditions(FactLayout layout, IntFunction<List<String>> allowedValues) {
        this.compiler = new CelCompiler(layout, allowedValues);
    }

    @Override
    public Outcome compile(String text, Set<String> roots) {
        CelCompiler.Result result = compiler.compile(text, roots);
        if (result instanceof CelCompiler.Problems problems) {
            return new Outcome.Rejected(problems.problems().stream()
                    .map(problem -> new Fault(problem.line(), problem.column(), problem.message(), problem.advice()))
                    .toList());
        }
        return new Outcome.Compiled(((CelCompiler.Compiled) result).condition());
    }
}
