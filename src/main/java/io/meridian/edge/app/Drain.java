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
 * The beginning of the end. The framework sees to the rest: readiness goes down at once, answers say {@code Connection: close} for
 * {@code quarkus.shutdown.delay}, what is under way then is answered within {@code quarkus.shutdown.timeout}, and at last, when nobody
 * decides any more, what is left of the records is written.
 *
 * <p>The framework ends when it sees nothing under way, and cuts off what comes at that very moment. So the door closes {@link #LAST_CALLS}
 * before the end of the delay: who still connects is refused, and may go elsewhere, who was let in is answered, and connections that are silent are
 * ended, for no answer can tell them.
 */
@Singleton
final class Drain {
    private static final Logger LOG = Logger.getLogger("io.meridian.edge");

    /** Between the door and the end: longer than calls that were let in take, and silent connections are waited for. */
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
        long open = delay.minus(LAST_CALLS).toMillis();
        LOG.infof(
                "draining: not ready any more; requests that still come are answered, and their connections closed; new connections are taken for %d ms",
                open > 0 ? open : delay.toMillis());
        if (open > 0) {
            vertx.setTimer(open, timer -> connections.closeDoor());
        }
    }
}
