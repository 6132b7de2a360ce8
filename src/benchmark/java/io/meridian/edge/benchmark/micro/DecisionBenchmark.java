package io.meridian.edge.benchmark.micro;

import io.meridian.edge.core.DecisionPipeline;
import io.meridian.edge.core.Moment;
import io.meridian.edge.core.model.Answer;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.Rung;
import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.core.profile.ProfileStore;
import io.meridian.edge.core.profile.ReadPlan;
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

/**
 * A whole decision without framework and Redis: from the parsed request to the answer and the record, the profile at hand. What this
 * allocates is what the core allocates per decision.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecisionBenchmark {
    @Param({"10", "100", "1000"})
    public int rules;

    @Param({"32"})
    public int candidates;

    private Fixture fixture;
    private DecisionPipeline pipeline;
    private DecisionRequest request;
    private Moment moment;
    private Answer answer;

    @Setup
    public void open() throws Exception {
        fixture = new Fixture();
        pipeline = new DecisionPipeline(
                fixture.active(), new ReadyStore(), record -> {}, System::nanoTime, 1000, failure -> {
                    throw new IllegalStateException(failure);
                });
        request = fixture.request(rules, candidates);
        moment = new Moment(fixture.now, "01a20103-d5b5-76a1-9dd2-abab79ad3566");
        if (!(decide() instanceof Decision decision)
                || decision.placements().get(0).reason() != Rung.RANKED
                || decision.degraded() != 0) {
            throw new IllegalStateException("not a full decision: " + answer);
        }
    }

    @TearDown
    public void close() {
        fixture.close();
    }

    @Benchmark
    public Answer decide() {
        pipeline.decide(request, moment, given -> answer = given);
        return answer;
    }

    /** Has every profile at hand. */
    private final class ReadyStore implements ProfileStore {
        @Override
        public void read(ReadPlan plan, Profile into, int timeoutMillis, Listener listener) {
            fixture.fill(into.facts());
            into.addFound(plan.classes());
            into.end(Profile.Status.OK);
            listener.readEnded(into);
        }
    }
}
