package io.meridian.edge.benchmark.micro;

import io.meridian.edge.core.arbitration.Arbiter;
import io.meridian.edge.core.arbitration.RankingPolicy;
import java.util.Arrays;
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

/** Weighs all candidates and takes the best four. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ArbitrationBenchmark {
    private static final int WANTED = 4;

    @Param({"8", "32", "128"})
    public int candidates;

    /** Whether an exponent other than 0 and 1 takes part: that is a power per candidate. */
    @Param({"false", "true"})
    public boolean powers;

    private RankingPolicy policy;
    private double[] propensity;
    private int[] priorities;
    private double[] scores;
    private boolean[] taken;

    @Setup
    public void open() {
        policy = powers ? new RankingPolicy(1, 0.5, 1.5, 1) : RankingPolicy.PLAIN;
        propensity = new SplittableRandom(7).doubles(candidates).toArray();
        priorities = new int[candidates];
        scores = new double[candidates];
        taken = new boolean[candidates];
    }

    @Benchmark
    public int rank() {
        for (int i = 0; i < candidates; i++) {
            scores[i] = policy.score(propensity[i], 12.5, 1.2, 0.8);
        }
        Arrays.fill(taken, false);
        int last = -1;
        for (int item = 0; item < WANTED; item++) {
            last = Arbiter.best(priorities, scores, taken, 0, candidates);
            taken[last] = true;
        }
        return last;
    }
}
