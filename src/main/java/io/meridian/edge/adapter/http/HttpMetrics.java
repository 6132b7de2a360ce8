package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.times.DecisionTimes;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.core.IngestResult;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Degradation;
import io.meridian.edge.core.model.Rung;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;

/** Counts what is answered. Every tag is an enum's value: nothing a caller sends can make a new series. */
@Singleton
public class HttpMetrics {
    private static final Degradation[] DEGRADATIONS = Degradation.values();

    private final Counter[] rungs = new Counter[Rung.values().length];
    private final Counter[] degradations = new Counter[DEGRADATIONS.length];
    private final Counter[] problems = new Counter[ProblemType.values().length];
    private final Counter[][] acts = new Counter[Act.values().length][IngestResult.Status.values().length];
    private final Counter notModified;
    private final Counter deadlineMet;
    private final Counter deadlineMissed;
    private final DecisionTimes times;

    /** What can be asked to be stored or forgotten. */
    enum Act {
        EVENT,
        REPLACE_PROFILE,
        CHANGE_PROFILE,
        CONSENT,
        ERASE
    }

    @Inject
    public HttpMetrics(MeterRegistry registry, DecisionTimes times) {
        this.times = times;
        for (Rung rung : Rung.values()) {
            rungs[rung.ordinal()] = registry.counter("meridian.answers", "reason", tag(rung));
        }
        for (Degradation degradation : DEGRADATIONS) {
            degradations[degradation.ordinal()] = registry.counter("meridian.degraded", "code", tag(degradation));
        }
        for (ProblemType type : ProblemType.values()) {
            problems[type.ordinal()] = registry.counter("meridian.problems", "type", type.slug());
        }
        for (Act act : Act.values()) {
            for (IngestResult.Status status : IngestResult.Status.values()) {
                acts[act.ordinal()][status.ordinal()] =
                        registry.counter("meridian.writes", "act", tag(act), "status", tag(status));
            }
        }
        notModified = registry.counter("meridian.not.modified");
        deadlineMet = registry.counter("meridian.deadline", "outcome", "met");
        deadlineMissed = registry.counter("meridian.deadline", "outcome", "missed");
    }

    /**
     * A decision was answered: each placement by its rung, what was degraded, and how long it took.
     *
     * @param nanos from being asked to the answer
     */
    void answered(Decision decision, long nanos) {
        times.record(decision, nanos);
        List<Decision.PlacementDecision> placements = decision.placements();
        for (int i = 0; i < placements.size(); i++) {
            rungs[placements.get(i).reason().ordinal()].increment();
        }
        if (decision.degraded() != 0) {
            for (Degradation degradation : DEGRADATIONS) {
                if (degradation.in(decision.degraded())) {
                    degradations[degradation.ordinal()].increment();
                }
            }
        }
    }

    /** A decision was answered within its caller's patience, or later. */
    void deadline(boolean met) {
        (met ? deadlineMet : deadlineMissed).increment();
    }

    /** Something was stored or forgotten, or was not. */
    void written(Act act, IngestResult.Status status) {
        acts[act.ordinal()][status.ordinal()].increment();
    }

    /** A caller was told that what it has is still right. */
    public void answeredNotModified() {
        notModified.increment();
    }

    /** A problem was told. */
    public void problem(ProblemType type) {
        problems[type.ordinal()].increment();
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
