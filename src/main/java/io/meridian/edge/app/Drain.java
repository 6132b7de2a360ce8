package io.meridian.edge.app;

import io.meridian.edge.adapter.http.overload.ConnectionWatch;
import io.meridian.edge.adapter.http.overload.Overload;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The beginning of the end. The framework sees to the rest: readiness goes down at once, requests are taken for {@code quarkus.shutdown.delay}
 * more and told {@code Connection: close}, those under way are answered within {@code quarkus.shutdown.timeout}, and then, when nobody
 * decides any more, what is left of the records is written.
 *
 * <p>The framework ends when it sees nothing under way, and cuts off what comes at that very moment. So the door closes a little before: who
 * still comes is refused, and may go elsewhere, and who was let in is answered.
 */
@Singleton
final class Drain {
    private static final Logger LOG = Logger.getLogger("io.meridian.edge");

    /** Between the door and the end: longer than calls that were let in take. */
    private static final Duration LAST_CALLS = Duration.ofSeconds(1);

    private final AtomicInteger draining = new AtomicInteger();
    private final Overload overload;
    private final ConnectionWatch connections;
    private final Vertx vertx;
    private final Duration delay;

    Drain(
            MeterRegistry registry,
            Overload overload,
            ConnectionWatch connections,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.shutdown.delay") Duration delay) {
        this.overload = overload;
        this.connections = connections;
        this.vertx = vertx;
        this.delay = delay;
        registry.gauge("meridian.draining", draining);
    }

    /** Its meter is there from the start. */
    void started(@Observes StartupEvent event) {
        draining.set(0);
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        draining.set(1);
        overload.drain();
        LOG.info("draining: not ready any more; requests that still come are answered, and their connections closed");
        long open = delay.minus(LAST_CALLS).toMillis();
        if (open > 0) {
            vertx.setTimer(open, timer -> connections.closeDoor());
        }
    }
}
