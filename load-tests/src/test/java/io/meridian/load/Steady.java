package io.meridian.load;

import io.meridian.load.measure.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A constant rate for some time: are latencies what they should be? The run to compare two versions with. */
public final class Steady extends LoadSimulation {
    private static final String PHASE = "steady";

    public Steady() {
        double rate = settings.number("rate", 200);
        Duration warmUp = settings.duration("warmUp", "20s");
        Duration length = settings.duration("duration", "60s");
        run(
                List.of(Phase.rising(Run.WARM_UP, warmUp, rate), Phase.constant(PHASE, length, rate)),
                List.of(
                        Goal.p99(PHASE, settings.number("p99", 25)),
                        Goal.p999(PHASE, settings.number("p999", 100)),
                        Goal.failed(PHASE, settings.number("failed", 0.001)),
                        Goal.shed(PHASE, settings.number("shed", 0.001)),
                        Goal.degraded(PHASE, settings.number("degraded", 0.01))),
                Map.of(),
                new Run.Observer() {});
    }
}
