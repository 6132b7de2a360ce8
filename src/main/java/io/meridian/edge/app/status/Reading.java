package io.meridian.edge.app.status;

import io.meridian.edge.adapter.http.times.DecisionTimes;
import io.meridian.edge.adapter.http.times.TimeHistogram;
import io.meridian.edge.core.model.Decision;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * What the service's metrics said at one moment. A metric that does not exist reads as NaN.
 *
 * @param nanos when, by {@link System#nanoTime()}
 * @param values by name, and {@code name/value} where the metric has a tag; with several tags one slash each
 * @param times counts per bucket: of whole decisions, then of each stage by ordinal
 */
record Reading(long nanos, Map<String, Double> values, long[][] times) {
    /** What is looked at; the rest of the registry is not copied. */
    private static final Set<String> NAMES = Set.of(
            "meridian.degraded",
            "meridian.defects",
            "meridian.redis.commands",
            "meridian.redis.connections",
            "meridian.redis.troubles",
            "meridian.redis.breaker.open",
            "meridian.redis.ready",
            "meridian.redis.unmarked",
            "meridian.concurrency.limit",
            "meridian.concurrency.inflight",
            "meridian.shed",
            "meridian.deadline",
            "meridian.draining",
            "meridian.bundle.retiring",
            "meridian.audit.failures",
            "meridian.poll.failures",
            "meridian.decision.records",
            "meridian.decision.records.waiting",
            "meridian.memory.resident",
            "meridian.memory.limit",
            "meridian.files.open",
            "meridian.files.limit");

    /** Reads now. */
    static Reading take(MeterRegistry registry, DecisionTimes times) {
        Map<String, Double> values = new HashMap<>();
        for (Meter meter : registry.getMeters()) {
            if (NAMES.contains(meter.getId().getName())) {
                Iterator<Measurement> measured = meter.measure().iterator();
                if (measured.hasNext()) {
                    values.put(key(meter.getId()), measured.next().getValue());
                }
            }
        }
        Decision.Stage[] stages = Decision.Stage.values();
        long[][] counts = new long[stages.length + 1][];
        counts[0] = times.whole().counts();
        for (Decision.Stage stage : stages) {
            counts[stage.ordinal() + 1] = times.of(stage).counts();
        }
        return new Reading(System.nanoTime(), values, counts);
    }

    /** As everything was when the process began. */
    static Reading zero(long nanos) {
        return new Reading(nanos, Map.of(), new long[Decision.Stage.values().length + 1][TimeHistogram.BUCKETS]);
    }

    private static String key(Meter.Id id) {
        StringBuilder key = new StringBuilder(id.getName());
        for (Tag tag : id.getTags()) {
            key.append('/').append(tag.getValue());
        }
        return key.toString();
    }

    /** A gauge, or a counter since the start; NaN if there is none of this name. */
    double value(String name) {
        return values.getOrDefault(name, Double.NaN);
    }
}
