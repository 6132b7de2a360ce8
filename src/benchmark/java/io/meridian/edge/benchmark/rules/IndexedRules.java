package io.meridian.edge.benchmark.rules;

import io.meridian.edge.adapter.cel.CelCompiler;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.ConditionSet;
import io.meridian.edge.core.eligibility.EligibilityIndex;
import io.meridian.edge.core.eligibility.Evaluation;
import io.meridian.edge.core.eligibility.Matches;
import io.meridian.edge.core.eligibility.Truth;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Generated rules as the service has them: compiled from CEL, each distinct one once, and indexed. */
public final class IndexedRules {
    private final ConditionSet conditions;
    private final EligibilityIndex index;
    private final int[] candidates;
    private final Evaluation evaluation;
    private final List<Facts> visitors;

    public IndexedRules(List<Rule> rules, List<Map<String, Object>> visitors) {
        FactLayout layout = layout();
        CelCompiler compiler = new CelCompiler(layout, slot -> List.of());
        ConditionSet.Builder builder = new ConditionSet.Builder();
        this.candidates = rules.stream()
                .mapToInt(rule -> builder.add(condition(compiler, rule)))
                .toArray();
        this.conditions = builder.build();
        this.index = new EligibilityIndex(conditions, candidates);
        this.evaluation = new Evaluation(conditions);
        this.visitors = new ArrayList<>();
        visitors.forEach(visitor -> this.visitors.add(RuleFacts.facts(layout, visitor)));
    }

    /** The layout of generated rules. */
    public static FactLayout layout() {
        return Attributes.layout();
    }

    private static Condition condition(CelCompiler compiler, Rule rule) {
        if (compiler.compile(rule.cel()) instanceof CelCompiler.Compiled compiled) {
            return compiled.condition();
        }
        throw new IllegalStateException("not a condition: " + rule.cel());
    }

    /** The rules that are true for a visitor, found through the index. */
    public Matches match(int visitor) {
        evaluation.reset();
        return index.match(visitors.get(visitor), evaluation);
    }

    /** How many rules are true for a visitor, each distinct one evaluated. */
    public int matchEach(int visitor) {
        evaluation.reset();
        int count = 0;
        for (int condition : candidates) {
            count += evaluation.of(condition, visitors.get(visitor)) == Truth.TRUE ? 1 : 0;
        }
        return count;
    }

    /** The positions {@link #match} found. */
    public static int[] positions(Matches matches) {
        return IntStream.range(0, matches.size()).map(matches::at).toArray();
    }

    /** How many distinct rules were evaluated for the last visitor. */
    public int evaluated() {
        return evaluation.evaluated();
    }

    public EligibilityIndex index() {
        return index;
    }
}
