package io.meridian.edge.app.status;

import io.meridian.edge.adapter.http.Deliveries;
import io.meridian.edge.adapter.http.times.DecisionTimes;
import io.meridian.edge.adapter.redis.RedisProfileStore;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Degradation;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/status} on the management port: a page, or JSON where that is asked for by {@code Accept} or {@code ?format=json}. */
@Singleton
final class StatusDoor {
    private static final String PATH = "/v1/status";
    private static final Duration RECENT = Readings.INTERVAL;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MINUTES = Duration.ofMinutes(5);

    private final ActiveBundle active;
    private final Deliveries deliveries;
    private final Readings readings;
    private final String version;
    private final String topology;
    private final String region;
    private final Instant upSince = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    StatusDoor(
            ActiveBundle active,
            Deliveries deliveries,
            MeterRegistry registry,
            DecisionTimes times,
            Instance<RedisProfileStore> store,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version,
            @ConfigProperty(name = "meridian.redis.topology", defaultValue = "standalone") String topology,
            @ConfigProperty(name = "meridian.region") Optional<String> region) {
        this.active = active;
        this.deliveries = deliveries;
        this.readings = new Readings(registry, times);
        this.version = version;
        this.topology = topology;
        this.region = region.orElse("");
        Gauge.builder("meridian.redis.ready", () -> store.get().ready() ? 1 : 0)
                .description("1 if every connection for decisions takes commands")
                .register(registry);
    }

    void begin(@Observes StartupEvent event, Vertx vertx) {
        // Off the event loops: reading the registry is no work for those who decide.
        vertx.setPeriodic(
                Readings.INTERVAL.toMillis(),
                timer -> vertx.executeBlocking(() -> {
                    readings.keep();
                    return null;
                }));
    }

    void register(@Observes ManagementInterface management) {
        management.router().get(PATH).blockingHandler(this::answer, false);
    }

    private void answer(RoutingContext context) {
        String format = context.request().getParam("format");
        HttpServerResponse response = context.response()
                .putHeader("Cache-Control", "no-store")
                .putHeader("Vary", "Accept")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (format != null && !format.equals("json") && !format.equals("html")) {
            response.setStatusCode(400).putHeader("Content-Type", "text/plain").end("format takes json or html\n");
        } else if (format != null
                ? format.equals("json")
                : wantsJson(context.request().getHeader("Accept"))) {
            response.putHeader("Content-Type", "application/json").end(Buffer.buffer(StatusJson.of(status())));
        } else {
            response.putHeader("Content-Type", "text/html; charset=utf-8")
                    .putHeader("Content-Security-Policy", StatusPage.POLICY)
                    .putHeader("Referrer-Policy", "no-referrer")
                    .end(Buffer.buffer(StatusPage.of(status())));
        }
    }

    /** Browsers name both, and mean the page. */
    private static boolean wantsJson(@Nullable String accept) {
        return accept != null && accept.contains("application/json") && !accept.contains("text/html");
    }

    private Status status() {
        Reading now = readings.now();
        Window minute = readings.last(MINUTE, now);
        Window minutes = readings.last(MINUTES, now);
        ActiveBundle.Activation activation = active.current();
        Checks checks = new Checks(readings.last(RECENT, now), minute, minutes);
        return new Status(
                activation == null ? region : activation.bundle().region().id(),
                version,
                upSince,
                Instant.now(),
                checks.all(activation, deliveries.state(), topology),
                stages(minute),
                minute.seconds(),
                degraded(minute, minutes));
    }

    private static List<Status.StageTime> stages(Window window) {
        List<Status.StageTime> stages = new ArrayList<>();
        stages.add(stage(window, "decision", 0));
        for (Decision.Stage stage : Decision.Stage.values()) {
            stages.add(stage(window, DecisionTimes.name(stage), stage.ordinal() + 1));
        }
        return stages;
    }

    private static Status.StageTime stage(Window window, String name, int histogram) {
        return new Status.StageTime(
                name,
                window.count(histogram) / window.seconds(),
                window.quantile(histogram, 0.5),
                window.quantile(histogram, 0.99));
    }

    private static List<Status.Degraded> degraded(Window minute, Window minutes) {
        List<Status.Degraded> degraded = new ArrayList<>();
        for (Degradation code : Degradation.values()) {
            String counter = "meridian.degraded/" + code.name().toLowerCase(Locale.ROOT);
            degraded.add(new Status.Degraded(code.name(), minute.rose(counter), minutes.rose(counter)));
        }
        return degraded;
    }
}
