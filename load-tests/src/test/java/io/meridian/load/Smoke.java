package io.meridian.load;

import io.meridian.load.measure.Phase;
import io.meridian.load.results.PhaseResult;
import io.meridian.load.traffic.Kind;
import java.util.List;
import java.util.Map;

/** Half a minute at a low rate: does every kind of call get the answer it should? Says little of speed. */
public final class Smoke extends LoadSimulation {
    private static final String PHASE = "smoke";

    public Smoke() {
        run(
                List.of(Phase.constant(PHASE, settings.duration("duration", "30s"), settings.number("rate", 20))),
                List.of(
                        new Goal("every kind of call was answered", result -> everyKind(result.phase(PHASE))),
                        Goal.failed(PHASE, settings.number("failed", 0.001)),
                        Goal.shed(PHASE, settings.number("shed", 0.001)),
                        Goal.p99(PHASE, settings.number("p99", 1000)),
                        Goal.degraded(PHASE, settings.number("degraded", 0.5))),
                Map.of(),
                new Run.Observer() {});
    }

    private static Goal.Outcome everyKind(PhaseResult phase) {
        List<String> missing = Kind.labels().stream()
                .filter(kind -> !phase.kinds().containsKey(kind)
                        || phase.kinds().get(kind).good() == 0)
                .toList();
        return new Goal.Outcome(
                missing.isEmpty(), missing.isEmpty() ? "all " + Kind.labels().size() : "none of " + missing);
    }
}
