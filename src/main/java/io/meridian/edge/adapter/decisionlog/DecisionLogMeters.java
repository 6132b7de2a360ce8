package io.meridian.edge.adapter.decisionlog;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** A decision log's counters as metrics: {@code produced = written + dropped + waiting}, up to what is in the writer's hands. */
public final class DecisionLogMeters implements MeterBinder {
    private final JsonLinesDecisionLog log;

    public DecisionLogMeters(JsonLinesDecisionLog log) {
        this.log = log;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("meridian.decision.records.produced", log, JsonLinesDecisionLog::produced)
                .description("Decision records offered to the log")
                .register(registry);
        FunctionCounter.builder("meridian.decision.records", log, JsonLinesDecisionLog::written)
                .tag("outcome", "written")
                .description("Decision records by what became of them")
                .register(registry);
        FunctionCounter.builder("meridian.decision.records", log, JsonLinesDecisionLog::dropped)
                .tag("outcome", "dropped")
                .description("Decision records by what became of them")
                .register(registry);
        Gauge.builder("meridian.decision.records.waiting", log, JsonLinesDecisionLog::waiting)
                .description("Decision records in the ring, not yet taken by the writer")
                .register(registry);
    }
}
