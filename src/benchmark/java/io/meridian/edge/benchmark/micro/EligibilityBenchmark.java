package io.meridian.edge.benchmark.micro;

import io.meridian.edge.core.bundle.PlacementPlan;
import io.meridian.edge.core.eligibility.EligibilityIndex;
import io.meridian.edge.core.eligibility.Evaluation;
import io.meridian.edge.core.model.Facts;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Which of N offers with a condition each this visitor may see; 8 of 10, 32 of 100 or 1,000 and so on, as the service-level benchmark. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EligibilityBenchmark {
    @Param({"10", "100", "1000"})
    public int rules;

    private Fixture fixture;
    private EligibilityIndex index;
    private Evaluation evaluation;
    private Facts facts;

    @Setup
    public void open() throws Exception {
        fixture = new Fixture();
        PlacementPlan plan = fixture.plan(rules, 32);
        index = plan.index();
        evaluation = new Evaluation(fixture.loaded.bundle().conditions());
        facts = fixture.facts();
        evaluation.reset();
        int matched = index.match(facts, evaluation).size();
        if (matched != 32) {
            throw new IllegalStateException("32 should match, not " + matched);
        }
    }

    @TearDown
    public void close() {
        fixture.close();
    }

    @Benchmark
    public int match() {
        evaluation.reset();
        return index.match(facts, evaluation).size();
    }
}
