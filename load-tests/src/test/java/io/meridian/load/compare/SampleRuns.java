package io.meridian.load.compare;

import io.meridian.load.results.KindResult;
import io.meridian.load.results.PhaseResult;
import io.meridian.load.results.RunResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Results that look like those of a run of a minute at 400 calls a second, to be changed by tests. */
final class SampleRuns {
    static final String PHASE = "steady";
    static final String DECIDE = "decide-consented";
    static final String RARE = "consent";

    private SampleRuns() {}

    static RunResult run() {
        return run(UnaryOperator.identity());
    }

    /**
     * @param change of the figures of {@link #DECIDE} and of all together
     */
    static RunResult run(UnaryOperator<KindResult> change) {
        Map<String, KindResult> kinds = new LinkedHashMap<>();
        kinds.put(PhaseResult.ALL, change.apply(kind(24_000, 1.4)));
        kinds.put(DECIDE, change.apply(kind(8_000, 1.6)));
        kinds.put(RARE, kind(40, 1.2));
        return run(kinds, Map.of("rate", "400", "mix", "a1"), Map.of("steady.cpuMicrosPerCall", 700.0));
    }

    static RunResult run(Map<String, KindResult> kinds, Map<String, String> setup, Map<String, Double> figures) {
        return new RunResult(
                RunResult.FORMAT,
                "Steady",
                "2026-01-01T00:00:00Z",
                Map.of("region", "eu-central"),
                setup,
                List.of(new PhaseResult(PHASE, 60, 400, kinds)),
                figures,
                List.of());
    }

    static KindResult kind(long sent, double mean) {
        return new KindResult(
                sent, sent, 0, 0, 0, sent / 60.0, mean, mean * 0.8, mean * 2, mean * 4, mean * 9, mean * 20);
    }

    /** All latencies so many times as long. */
    static UnaryOperator<KindResult> slower(double times) {
        return old -> new KindResult(
                old.sent(),
                old.good(),
                old.shed(),
                old.failed(),
                old.degraded(),
                old.perSecond(),
                old.meanMillis() * times,
                old.p50Millis() * times,
                old.p95Millis() * times,
                old.p99Millis() * times,
                old.p999Millis() * times,
                old.maxMillis() * times);
    }

    /** A share of the calls fails, another is turned away. */
    static UnaryOperator<KindResult> losing(double failed, double shed) {
        return old -> {
            long lost = Math.round(old.sent() * failed);
            long turnedAway = Math.round(old.sent() * shed);
            long good = old.sent() - lost - turnedAway;
            return new KindResult(
                    old.sent(),
                    good,
                    turnedAway,
                    lost,
                    0,
                    good / 60.0,
                    old.meanMillis(),
                    old.p50Millis(),
                    old.p95Millis(),
                    old.p99Millis(),
                    old.p999Millis(),
                    old.maxMillis());
        };
    }
}
