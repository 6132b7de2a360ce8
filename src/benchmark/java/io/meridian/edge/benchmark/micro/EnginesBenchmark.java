package io.meridian.edge.benchmark.micro;

import io.github.jamsesso.jsonlogic.JsonLogic;
import io.github.jamsesso.jsonlogic.JsonLogicException;
import io.meridian.edge.benchmark.rules.CelRules;
import io.meridian.edge.benchmark.rules.IndexedRules;
import io.meridian.edge.benchmark.rules.Rule;
import io.meridian.edge.benchmark.rules.RuleFacts;
import io.meridian.edge.benchmark.rules.RuleGenerator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jeasy.rules.api.Facts;
import org.jeasy.rules.api.Rules;
import org.jeasy.rules.core.DefaultRulesEngine;
import org.jeasy.rules.core.RuleBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The same rules over the same visitors in this service and in others' engines. All of them must find the same rules before anything is
 * measured. Each engine is given its best: what can be prepared is prepared, and Easy Rules gets conditions in Java, not in text.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EnginesBenchmark {
    private static final int VISITORS = 64;
    private static final String VISITOR = "visitor";

    @Param("10000")
    public int rules = 10_000;

    private IndexedRules indexed;
    private CelRules cel;
    private final JsonLogic jsonLogic = new JsonLogic();
    private String[] jsonRules;
    private final DefaultRulesEngine easyEngine = new DefaultRulesEngine();
    private final Rules easyRules = new Rules();
    private Facts[] easyVisitors;
    private List<Map<String, Object>> nested;
    private int fired;
    private int next;

    @Setup
    public void open() throws JsonLogicException {
        List<Rule> all = RuleGenerator.rules(rules);
        List<Map<String, Object>> visitors = RuleGenerator.visitors(VISITORS, rules);
        indexed = new IndexedRules(all, visitors);
        nested = visitors.stream().map(RuleFacts::nested).toList();
        cel = new CelRules(all, nested);
        jsonRules = all.stream().map(Rule::jsonLogic).toArray(String[]::new);
        for (int i = 0; i < all.size(); i++) {
            Rule rule = all.get(i);
            easyRules.register(new RuleBuilder()
                    .name(Integer.toString(i))
                    .when(facts -> rule.matches(facts.get(VISITOR)))
                    .then(facts -> fired++)
                    .build());
        }
        easyVisitors = visitors.stream()
                .map(visitor -> {
                    Facts facts = new Facts();
                    facts.put(VISITOR, visitor);
                    return facts;
                })
                .toArray(Facts[]::new);
        for (int visitor = 0; visitor < VISITORS; visitor += 16) {
            check(all, visitors.get(visitor), visitor);
        }
    }

    private void check(List<Rule> all, Map<String, Object> attributes, int visitor) throws JsonLogicException {
        int[] expected = IntStream.range(0, all.size())
                .filter(i -> all.get(i).matches(attributes))
                .toArray();
        boolean same = IntStream.of(IndexedRules.positions(indexed.match(visitor)))
                .boxed()
                .toList()
                .equals(IntStream.of(expected).boxed().toList());
        next = visitor - 1;
        same &= cel() == expected.length;
        next = visitor - 1;
        same &= compiled() == expected.length;
        next = visitor - 1;
        same &= jsonLogic() == expected.length;
        next = visitor - 1;
        same &= easyRules() == expected.length;
        if (!same) {
            throw new IllegalStateException("the engines differ for visitor " + visitor);
        }
    }

    private int visitor() {
        next = (next + 1) % VISITORS;
        return next;
    }

    @Benchmark
    public int meridian() {
        return indexed.match(visitor()).size();
    }

    /** Our compiled conditions, each distinct one evaluated: what the index spares. */
    @Benchmark
    public int compiled() {
        return indexed.matchEach(visitor());
    }

    @Benchmark
    public int cel() {
        return cel.match(visitor());
    }

    @Benchmark
    public int jsonLogic() throws JsonLogicException {
        Map<String, Object> visitor = nested.get(visitor());
        int count = 0;
        for (String rule : jsonRules) {
            count += (Boolean) jsonLogic.apply(rule, visitor) ? 1 : 0;
        }
        return count;
    }

    @Benchmark
    public int easyRules() {
        fired = 0;
        easyEngine.fire(easyRules, easyVisitors[visitor()]);
        return fired;
    }
}
