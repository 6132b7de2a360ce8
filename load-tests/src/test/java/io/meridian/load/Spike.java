package io.meridian.load;

import io.meridian.load.measure.Phase;
import io.meridian.load.results.KindResult;
import io.meridian.load.results.PhaseResult;
import io.meridian.load.results.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Ten times the visitors for some seconds. Whoever cannot be served is turned away at once with a 429 that says when to come back, the
 * others are served in time, and afterwards all is as before.
 */
public final class Spike extends LoadSimulation {
    private static final String BEFORE = "before";
    private static final String SPIKE = "spike";
    private static final String RECOVERY = "recovery ";
    private static final String AFTER = "after";
    private static final String RECOVERED = "recoveredAfterMillis";
    private static final int RECOVERY_SECONDS = 10;

    private final double share = settings.number("failed", 0.001);
    private final double spikeP99 = settings.number("spikeP99", 250);

    public Spike() {
        double rate = settings.number("rate", 200);
        double times = settings.number("times", 10);
        double p99 = settings.number("p99", 25);
        double recovery = settings.number("recovery", 2);
        Duration length = settings.duration("duration", "30s");
        List<Phase> phases = new ArrayList<>();
        phases.add(Phase.rising(Run.WARM_UP, settings.duration("warmUp", "30s"), rate));
        phases.add(Phase.constant(BEFORE, length, rate));
        phases.add(Phase.constant(SPIKE, settings.duration("spike", "10s"), rate * times));
        for (int second = 1; second <= RECOVERY_SECONDS; second++) {
            phases.add(Phase.constant(RECOVERY + second, Duration.ofSeconds(1), rate));
        }
        phases.add(Phase.constant(AFTER, length, rate));
        run(
                phases,
                List.of(
                        Goal.p99(BEFORE, p99),
                        Goal.failed(BEFORE, share),
                        Goal.failed(SPIKE, share),
                        Goal.p99(SPIKE, spikeP99),
                        new Goal("good answers per second in the spike as many as before", Spike::goodput),
                        new Goal(
                                "recovered within %s s".formatted(Goal.plain(recovery)),
                                result -> recovered(result, recovery)),
                        Goal.p99(AFTER, p99),
                        Goal.failed(AFTER, share),
                        Goal.shed(AFTER, share)),
                Map.of(),
                new Recovery());
    }

    /** What the service could do before, it can do while more is asked of it; 5 % are left to chance. */
    private static Goal.Outcome goodput(RunResult result) {
        double before = result.phase(BEFORE).all().perSecond();
        KindResult spike = result.phase(SPIKE).all();
        return new Goal.Outcome(
                spike.perSecond() >= 0.95 * before,
                "%s/s after %s/s; %s %% turned away"
                        .formatted(
                                Goal.plain(spike.perSecond()),
                                Goal.plain(before),
                                Goal.plain(spike.shedShare() * 100)));
    }

    private static Goal.Outcome recovered(RunResult result, double seconds) {
        double millis = result.figures().get(RECOVERED);
        return new Goal.Outcome(millis <= seconds * 1000, "after " + Goal.plain(millis / 1000) + " s");
    }

    /** From which second on everybody is served in time again. */
    private final class Recovery implements Run.Observer {
        @Override
        public void conclude(List<PhaseResult> results, Map<String, Double> figures) {
            int bad = 0;
            int second = 0;
            for (Iterator<PhaseResult> phases = results.iterator(); phases.hasNext(); ) {
                PhaseResult phase = phases.next();
                if (phase.name().startsWith(RECOVERY)) {
                    second++;
                    bad = served(phase.all()) ? bad : second;
                    phases.remove();
                    figures.remove(phase.name() + Run.CPU_PER_CALL);
                    figures.remove(phase.name() + Run.CLIENT_CPU_PER_CALL);
                }
            }
            figures.put(RECOVERED, bad * 1000.0);
        }

        private boolean served(KindResult all) {
            return all.good() >= 0.99 * all.sent() && all.p99Millis() <= spikeP99;
        }
    }
}
