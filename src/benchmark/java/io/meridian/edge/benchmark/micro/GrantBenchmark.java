package io.meridian.edge.benchmark.micro;

import io.meridian.edge.core.consent.Grant;
import io.meridian.edge.core.consent.Grants;
import io.meridian.edge.core.consent.TcfBasis;
import io.meridian.edge.core.model.Jurisdiction;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From a TC string and a regime to what is granted. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GrantBenchmark {
    private Fixture fixture;
    private Jurisdiction gdpr;

    @Setup
    public void open() throws Exception {
        fixture = new Fixture();
        gdpr = fixture.loaded.bundle().jurisdictions().of("DE", null).law();
    }

    @TearDown
    public void close() {
        fixture.close();
    }

    @Benchmark
    public Grant tcfString() {
        return Grants.grant(gdpr, fixture.consent, TcfBasis.publisher(), fixture.now);
    }
}
