package io.meridian.load;

import io.meridian.load.measure.Phase;
import io.meridian.load.measure.ServiceProbe;
import io.meridian.load.measure.ServiceProbe.Sample;
import io.meridian.load.measure.Trend;
import io.meridian.load.results.PhaseResult;
import io.meridian.load.results.RunResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A constant rate for long: does the service's memory grow, or its file handles, or its threads? */
public final class Soak extends LoadSimulation {
    private static final String PHASE = "soak";
    private static final String GROWTH = "PerHour";
    private static final double MEBI = 1 << 20;

    /** The first part of the time is left out: caches fill, code is compiled. */
    private static final double SETTLING = 0.2;

    private static final int MIN_SAMPLES = 10;

    private final Duration length = settings.duration("duration", "30m");

    public Soak() {
        double rate = settings.number("rate", 100);
        double p99 = settings.number("p99", 25);
        run(
                List.of(
                        Phase.rising(Run.WARM_UP, settings.duration("warmUp", "30s"), rate),
                        Phase.constant(PHASE, length, rate)),
                List.of(
                        growth("residentMebibytes", settings.number("residentGrowth", 32)),
                        growth("openFiles", settings.number("fileGrowth", 60)),
                        growth("threads", settings.number("threadGrowth", 4)),
                        Goal.p99(PHASE, p99),
                        Goal.p999(PHASE, settings.number("p999", 4 * p99)),
                        Goal.failed(PHASE, settings.number("failed", 0.001)),
                        Goal.shed(PHASE, settings.number("shed", 0.001)),
                        Goal.degraded(PHASE, settings.number("degraded", 0.01))),
                Map.of(),
                new Growth());
    }

    private static Goal growth(String what, double most) {
        return new Goal(
                "%s grow by at most %s per hour".formatted(what, Goal.plain(most)),
                result -> growth(result, what, most));
    }

    private static Goal.Outcome growth(RunResult result, String what, double most) {
        Double slope = result.figures().get(what + GROWTH);
        return slope == null
                ? new Goal.Outcome(false, "not seen: too few samples, or give -Dpid and -Dmanagement")
                : new Goal.Outcome(
                        slope <= most,
                        "%+.2f per hour, from %s to %s"
                                .formatted(
                                        slope,
                                        Goal.plain(result.figures().get(what + "First")),
                                        Goal.plain(result.figures().get(what + "Last"))));
    }

    private final class Growth implements Run.Observer {
        private final long every = Math.max(1, length.toNanos() / 180);
        private final Map<String, Trend> trends = new LinkedHashMap<>();
        private long next = System.nanoTime();

        @Override
        public boolean look(int phase, ServiceProbe probe, Run run) {
            long now = System.nanoTime();
            if (phase > 0 && now >= next) {
                next = now + every;
                Sample sample = probe.sample();
                note("residentMebibytes", now, sample.residentBytes(), MEBI);
                note("openFiles", now, sample.openFiles(), 1);
                note("threads", now, sample.threads(), 1);
            }
            return false;
        }

        private void note(String what, long now, OptionalDouble value, double unit) {
            value.ifPresent(number ->
                    trends.computeIfAbsent(what, unused -> new Trend()).add(now / 1e9, number / unit));
        }

        @Override
        public String samples() {
            StringBuilder lines = new StringBuilder(String.format("what,seconds,value%n"));
            trends.forEach((what, trend) -> lines.append(trend.lines(what)));
            return lines.toString();
        }

        @Override
        public void conclude(List<PhaseResult> results, Map<String, Double> figures) {
            trends.forEach((what, trend) -> {
                if (trend.size() >= MIN_SAMPLES) {
                    figures.put(what + "First", trend.first());
                    figures.put(what + "Last", trend.last());
                    figures.put(what + GROWTH, trend.perHour(SETTLING * length.toSeconds()));
                }
            });
        }
    }
}
