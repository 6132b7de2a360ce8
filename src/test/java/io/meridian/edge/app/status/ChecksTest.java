package io.meridian.edge.app.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.http.Deliveries;
import io.meridian.edge.adapter.http.times.DecisionTimes;
import io.meridian.edge.adapter.http.times.TimeHistogram;
import io.meridian.edge.core.model.Decision;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is found to be wrong, and where the runbook goes on. */
class ChecksTest {
    private static final Deliveries.State FRESH = state(false, null, List.of());
    private static final int DECISIONS = 1000;

    private final Map<String, Double> now = new HashMap<>(Map.of(
            "meridian.redis.ready", 1.0,
            "meridian.memory.resident", 100e6,
            "meridian.memory.limit", 200e6,
            "meridian.files.open", 10.0,
            "meridian.files.limit", 100.0));

    private static Deliveries.State state(boolean stale, Deliveries.Rejected rejected, List<String> damages) {
        return new Deliveries.State(
                "sha256:c",
                null,
                List.of(),
                List.of(),
                false,
                Instant.EPOCH,
                5,
                stale,
                1,
                List.of(),
                rejected,
                damages);
    }

    /** When this is what the metrics say after a thousand decisions. */
    private List<Check> checks(Deliveries.State state) {
        Reading before = Reading.zero(0);
        long[][] times = Reading.zero(0).times();
        times[0][3] = DECISIONS;
        Window window = new Window(before, new Reading(Duration.ofSeconds(10).toNanos(), now, times));
        return new Checks(window, window, window).all(null, state, "standalone");
    }

    private Map<String, Object> facts(String id) {
        return checks(FRESH).stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow()
                .facts();
    }

    /** The sections named by the checks. */
    private Map<String, List<String>> found(Deliveries.State state) {
        Map<String, List<String>> found = new HashMap<>();
        for (Check check : checks(state)) {
            if (!check.findings().isEmpty()) {
                found.put(
                        check.id(),
                        check.findings().stream().map(Check.Finding::runbook).toList());
            }
        }
        // Nothing is active here: that is not what these tests are about.
        assertEquals(List.of("MeridianNotReady"), found.remove("decisions"));
        return found;
    }

    @Test
    void whatIsWellIsNotTold() {
        assertEquals(Map.of(), found(FRESH));
    }

    @Test
    void aMetricThatIsNotThereIsNothingBad() {
        now.clear();
        assertEquals(Map.of(), found(FRESH));
    }

    @Test
    void redis() {
        now.put("meridian.redis.ready", 0.0);
        assertEquals(Map.of("redis", List.of("MeridianRedisUnreachable")), found(FRESH));
        assertNull(facts("redis").get("marked"), "nobody can know");
        now.put("meridian.redis.ready", 1.0);
        assertEquals(true, facts("redis").get("marked"));
        now.put("meridian.redis.breaker.open", 0.5);
        assertEquals(Map.of("redis", List.of("MeridianRedisBreakerOpen")), found(FRESH));
        now.put("meridian.redis.breaker.open", 1.0);
        assertEquals(Map.of("redis", List.of("MeridianRedisUnreachable")), found(FRESH));
        // A Redis that is not ours is not "away": what to do is another thing.
        now.put("meridian.redis.ready", 0.0);
        now.put("meridian.redis.unmarked", 0.5);
        assertEquals(Map.of("redis", List.of("MeridianRegionUnmarked")), found(FRESH));
        assertEquals(false, facts("redis").get("marked"));
    }

    @Test
    void aProcessThatLeavesIsNotUnwell() {
        now.put("meridian.draining", 1.0);
        assertEquals(Map.of(), found(FRESH));
        assertEquals(true, facts("decisions").get("draining"));
    }

    @Test
    void theMetricsOfFindingsAreRead() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.gauge("meridian.redis.unmarked", 0.25);
        Reading reading = Reading.take(registry, new DecisionTimes(registry));
        assertEquals(0.25, reading.value("meridian.redis.unmarked"));
    }

    @Test
    void aShareOfDecisionsHasToBeNoticeable() {
        now.put("meridian.degraded/profile_timeout", 10.0);
        now.put("meridian.shed/bulk", 5.0);
        now.put("meridian.deadline/missed", 10.0);
        now.put("meridian.degraded/model_failed", 10.0);
        assertEquals(Map.of(), found(FRESH));
        now.put("meridian.degraded/profile_timeout", 11.0);
        now.put("meridian.shed/bulk", 11.0);
        now.put("meridian.deadline/missed", 11.0);
        now.put("meridian.degraded/model_failed", 11.0);
        assertEquals(
                Map.of(
                        "redis", List.of("MeridianReadDegraded"),
                        "models", List.of("MeridianModelsDegraded"),
                        "load", List.of("MeridianShedding", "MeridianDeadlinesMissed")),
                found(FRESH));
    }

    @Test
    void bundleRecordsAndProcess() {
        now.put("meridian.decision.records/dropped", 1.0);
        now.put("meridian.memory.resident", 181e6);
        now.put("meridian.files.open", 91.0);
        now.put("meridian.audit.failures", 1.0);
        Deliveries.Rejected rejected = new Deliveries.Rejected(Instant.EPOCH, "push", "bad-signature", "<detail>");
        assertEquals(
                Map.of(
                        "bundle",
                        List.of(
                                "MeridianBundleStale",
                                "MeridianBundleRefused",
                                "MeridianStateDamaged",
                                "MeridianAuditFailing"),
                        "records",
                        List.of("MeridianRecordsDropped"),
                        "process",
                        List.of("MeridianMemoryNearLimit", "MeridianFilesNearLimit")),
                found(state(true, rejected, List.of("one"))));
    }

    @Test
    void theWorstIsTheVerdictAndThePageEscapesWhatItShows() {
        Check watch =
                new Check.Builder("a", "First").watch(true, "Look.", "One").build();
        Check act = new Check.Builder("b", "Second")
                .watch(true, "Look.", "One")
                .act(true, "Now.", "Two")
                .fact("text", "<b>&\"'")
                .build();
        Status status = new Status(
                "<region>",
                "1",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(90),
                List.of(watch, act),
                List.of(),
                60,
                List.of());
        assertEquals(Check.Level.ACT, status.level());
        assertEquals("Not healthy: Second. Now.", status.verdict());
        String page = new String(StatusPage.of(status), StandardCharsets.UTF_8);
        assertTrue(page.contains("Not healthy: Second"), page);
        assertTrue(page.contains("&lt;b&gt;&amp;&quot;&#39;"), page);
        assertTrue(!page.contains("<region>"), page);
        Status fine = new Status("r", "1", Instant.EPOCH, Instant.EPOCH, List.of(), List.of(), 60, List.of());
        assertEquals("Healthy", fine.verdict());
    }

    @Test
    void aWindowReachesBackAsFarAsItIsAsked() {
        Readings readings = new Readings(new SimpleMeterRegistry(), null);
        long start = System.nanoTime() + Duration.ofHours(1).toNanos();
        long interval = Readings.INTERVAL.toNanos();
        for (int i = 0; i < 2 * Readings.MOST; i++) {
            readings.keep(new Reading(start + i * interval, Map.of("meridian.defects", (double) i), new long[7][13]));
        }
        Reading last = new Reading(
                start + 2 * Readings.MOST * interval, Map.of("meridian.defects", 2.0 * Readings.MOST), new long[7][13]);
        assertEquals(1, readings.last(Duration.ofSeconds(10), last).rose("meridian.defects"));
        assertEquals(6, readings.last(Duration.ofSeconds(60), last).rose("meridian.defects"));
        assertEquals(Readings.MOST, readings.last(Duration.ofDays(1), last).rose("meridian.defects"));
    }

    @Test
    void quantilesAreThoseOfPrometheus() {
        long[] counts = new long[TimeHistogram.BUCKETS];
        assertTrue(Double.isNaN(TimeHistogram.quantile(counts, 0.5)));
        // 100 between 0.5 and 1 ms: the median is in the middle.
        counts[5] = 100;
        assertEquals(0.00075, TimeHistogram.quantile(counts, 0.5), 1e-9);
        counts[TimeHistogram.BUCKETS - 1] = 100;
        assertEquals(0.001, TimeHistogram.quantile(counts, 0.5), 1e-9);
        assertEquals(0.1, TimeHistogram.quantile(counts, 0.99), 1e-9);
        assertEquals(Decision.Stage.values().length + 1, Reading.zero(0).times().length);
    }
}
