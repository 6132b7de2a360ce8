package io.meridian.edge.benchmark.micro;

import io.meridian.edge.core.scoring.Scorer;
import io.meridian.edge.core.scoring.ScoringException;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
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

/** One run of the purchase model over all candidates, their rows written into its buffer before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScoringBenchmark {
    @Param({"8", "32", "128"})
    public int candidates;

    private Fixture fixture;
    private Scorer scorer;
    private float[] rows;
    private float[] scores;

    @Setup
    public void open() throws Exception {
        fixture = new Fixture();
        scorer = fixture.scorer();
        SplittableRandom random = new SplittableRandom(7);
        rows = new float[candidates * scorer.width()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) (random.nextDouble() * 6);
        }
        scores = new float[candidates];
    }

    @TearDown
    public void close() {
        fixture.close();
    }

    @Benchmark
    public float[] run() throws ScoringException {
        FloatBuffer buffer = scorer.rows(candidates);
        buffer.put(rows);
        scorer.run(candidates, scores);
        return scores;
    }
}
