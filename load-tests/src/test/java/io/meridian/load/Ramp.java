package io.meridian.load;

import io.meridian.load.measure.Phase;
import io.meridian.load.measure.ServiceProbe;
import io.meridian.load.results.KindResult;
import io.meridian.load.results.PhaseResult;
import io.meridian.load.results.RunResult;
import io.meridian.load.traffic.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the capacity: rates rise step by step, each by the same factor, until two steps in a row miss the goals. The capacity is the highest
 * rate that met them all.
 */
public final class Ramp extends LoadSimulation {
    private static final int MISSES = 2;
    private static final String CAPACITY = "capacity";

    /** How long calls that began in a step may still be answered before the step is judged. */
    private static final long SETTLE_NANOS = 1_000_000_000L;

    private final double from = settings.number("from", 100);
    private final double factor = settings.number("factor", 1.25);
    private final double p99 = settings.number("p99", 25);
    private final double share = settings.number("failed", 0.001);

    public Ramp() {
        if (factor <= 1) {
            throw new Refused("-Dfactor must be above 1");
        }
        Duration length = settings.duration("step", "20s");
        List<Phase> phases = new ArrayList<>();
        phases.add(Phase.rising(Run.WARM_UP, settings.duration("warmUp", "30s"), from));
        double most = settings.number("to", from * 100);
        for (double rate = from; rate <= most; rate *= factor) {
            double whole = Math.rint(rate);
            phases.add(Phase.constant(Goal.plain(whole) + "/s", length, whole));
        }
        double least = settings.number("least", from);
        run(
                phases,
                List.of(new Goal(
                        "capacity at least %s calls/s at p99 of %s ms".formatted(Goal.plain(least), Goal.plain(p99)),
                        result -> capacity(result, least))),
                Map.of("p99", Goal.plain(p99)),
                new Steps());
    }

    private Goal.Outcome capacity(RunResult result, double least) {
        double capacity = result.figures().get(CAPACITY);
        return new Goal.Outcome(capacity >= least, Goal.plain(capacity) + " calls/s");
    }

    /** Nothing late, nothing failed, nobody turned away, and the answers came as fast as they were asked for. */
    private boolean met(PhaseResult step) {
        KindResult all = step.all();
        return all.p99Millis() <= p99
                && all.failedShare() <= share
                && all.shedShare() <= share
                && all.good() >= all.sent() * (1 - 2 * share) - 1;
    }

    /** Ends the run when it is known what it was for. */
    private final class Steps implements Run.Observer {
        private int judged;
        private int missed;
        private int current;
        private long since;

        @Override
        public boolean look(int phase, ServiceProbe probe, Run run) {
            if (phase != current) {
                current = phase;
                since = System.nanoTime();
            }
            if (phase - 1 > judged && System.nanoTime() - since > SETTLE_NANOS) {
                judged = phase - 1;
                boolean met = met(run.result(judged));
                missed = met ? 0 : missed + 1;
            }
            return missed == MISSES;
        }

        @Override
        public void conclude(List<PhaseResult> results, Map<String, Double> figures) {
            if (missed == MISSES) {
                // The step that was under way when it became clear says nothing.
                results.remove(results.size() - 1);
            }
            double capacity = 0;
            for (PhaseResult step : results) {
                capacity = met(step) ? Math.max(capacity, step.rate()) : capacity;
            }
            figures.put(CAPACITY, capacity);
        }
    }
}
