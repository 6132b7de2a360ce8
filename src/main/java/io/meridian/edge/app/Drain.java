package io.meridian.edge.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * The beginning of the end. The framework sees to the rest: readiness goes down at once, requests are taken for {@code quarkus.shutdown.delay}
 * more and told {@code Connection: close}, those under way are answered within {@code quarkus.shutdown.timeout}, and then, when nobody
 * decides any more, what is left of the records is written.
 */
@Singleton
final class Drain {
    private static final Logger LOG = Logger.getLogger("io.meridian.edge");

    private final AtomicInteger draining = new AtomicInteger();

    Drain(MeterRegistry registry) {
        registry.gauge("meridian.draining", draining);
    }

    /** Its meter is there from the start. */
    void started(@Observes StartupEvent event) {
        draining.set(0);
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        draining.set(1);
        LOG.info("draining: not ready any more; requests that still come are answered, and their connections closed");
    }
}
