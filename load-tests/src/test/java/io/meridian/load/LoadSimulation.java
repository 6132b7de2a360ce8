package io.meridian.load;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.stopLoadGenerator;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.meridian.load.measure.Phase;
import io.meridian.load.measure.Recorder;
import io.meridian.load.measure.ServiceProbe;
import io.meridian.load.traffic.Kind;
import io.meridian.load.traffic.Mix;
import io.meridian.load.traffic.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all simulations have in common: visitors arrive at a given rate whatever becomes of those before them (the open model: real
 * visitors do not wait for each other), phase after phase, while the run is watched; then its goals become entries of Gatling's report, and
 * its assertions.
 */
public abstract class LoadSimulation extends Simulation {
    private static final Duration LOOK = Duration.ofMillis(200);

    final Settings settings = new Settings(name -> System.getProperty(name, ""));
    private final Mix mix = Mix.read(settings.mix);
    private Run run;

    /**
     * Sets the simulation up; to be called once, by its constructor.
     *
     * @param setup what was asked for beside rates, times and mix, to tell comparable runs from others
     */
    final void run(List<Phase> phases, List<Goal> goals, Map<String, String> setup, Run.Observer observer) {
        Recorder recorder = new Recorder(phases, Kind.labels());
        Map<String, String> whole = new TreeMap<>(setup);
        whole.put("mix", mix.digest());
        whole.put(
                "customers",
                settings.customers == null
                        ? "generated"
                        : settings.customers.getFileName().toString());
        whole.put("seed", Long.toString(settings.seed));
        whole.put("phases", phases.toString());
        ServiceProbe probe = new ServiceProbe(settings.management, settings.pid());
        run = new Run(getClass().getSimpleName(), settings, recorder, probe, whole, goals, observer);
        Traffic traffic = new Traffic(mix, settings.customers, settings.seed, recorder);
        setUp(
                        scenario("visitors")
                                .exitHereIf(session -> run.isOver())
                                .exec(traffic.call())
                                .injectOpen(arrivals(phases)),
                        scenario("goals").exec(conductor(goals)).injectOpen(atOnceUsers(1)))
                .protocols(protocol())
                .assertions(goals.stream().map(LoadSimulation::assertion).toList());
    }

    private static Assertion assertion(Goal goal) {
        return details(reported(goal)).failedRequests().count().is(0L);
    }

    private static String reported(Goal goal) {
        return "goal: " + goal.name();
    }

    private static OpenInjectionStep[] arrivals(List<Phase> phases) {
        return phases.stream()
                .map(phase -> phase.rising()
                        ? rampUsersPerSec(Math.min(1, phase.rate()))
                                .to(phase.rate())
                                .during(phase.length())
                        : constantUsersPerSec(phase.rate()).during(phase.length()))
                .toArray(OpenInjectionStep[]::new);
    }

    /** Waits for the results and reports each goal as one more call, reached or failed: so they stand in the report, and can be asserted. */
    private ChainBuilder conductor(List<Goal> goals) {
        ChainBuilder chain = exec(asLongAs(session -> !run.isConcluded()).on(pause(LOOK)));
        for (int i = 0; i < goals.size(); i++) {
            int goal = i;
            chain = chain.exec(dummy(reported(goals.get(goal)), 0).withSuccess(session -> run.met(goal)));
        }
        return chain.pause(LOOK).exec(stopLoadGenerator("the run is over"));
    }

    private HttpProtocolBuilder protocol() {
        // As a CDN: connections are kept and shared by visitors, nothing is cached on the way, redirects are not
        // followed.
        HttpProtocolBuilder protocol = http.baseUrl(settings.baseUrl.toString())
                .shareConnections()
                .disableCaching()
                .disableWarmUp()
                .disableFollowRedirect()
                .disableAutoReferer()
                .acceptHeader("application/json")
                .acceptEncodingHeader("identity")
                .userAgentHeader("meridian-load-tests");
        return settings.apiKey.isEmpty() ? protocol : protocol.header("X-API-Key", settings.apiKey);
    }

    @Override
    public void before() {
        run.begin(new Reception(settings, mix).service());
    }
}
