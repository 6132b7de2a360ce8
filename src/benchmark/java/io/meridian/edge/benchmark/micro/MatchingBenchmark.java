package io.meridian.edge.benchmark.micro;

import io.meridian.edge.benchmark.rules.IndexedRules;
import io.meridian.edge.benchmark.rules.RuleGenerator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Which of N rules are true for a visitor, about twenty of any N; visitors in turn. Alone, without the rest of a decision. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MatchingBenchmark {
    private static final int VISITORS = 64;

    @Param({"100", "1000", "10000", "100000"})
    public int rules;

    private IndexedRules indexed;
    private int next;

    @Setup
    public void open() {
        indexed = new IndexedRules(RuleGenerator.rules(rules), RuleGenerator.visitors(VISITORS, rules));
        int matched = 0;
        for (int visitor = 0; visitor < VISITORS; visitor++) {
            matched += indexed.match(visitor).size();
        }
        if (Math.abs(matched - VISITORS * RuleGenerator.MATCHING) > VISITORS * RuleGenerator.MATCHING / 4) {
            throw new IllegalStateException("about 20 should match, not " + (double) matched / VISITORS);
        }
    }

    @Benchmark
    public int match() {
        next = (next + 1) % VISITORS;
        return indexed.match(next).size();
    }
}
