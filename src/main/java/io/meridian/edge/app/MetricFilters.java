package io.meridian.edge.app;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the framework's own metrics need before Prometheus takes them all. */
@Singleton
final class MetricFilters {
    private static final String PORT = "server.port";

    /**
     * Vert.x measures its Redis clients too, under the name their options give, which is empty by default, so that nobody could tell what
     * {@code m__completed} is of. Our own {@code meridian.redis} metrics say more.
     */
    @Produces
    @Singleton
    MeterFilter nothingWithoutAName() {
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return id.getName().startsWith(".") ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
            }
        };
    }

    /**
     * A server that listens on any free port, or on none, has no tag for its port, others have: Prometheus takes series of one name with
     * the same tags only, and the later server would go unseen, with a warning and a stack trace at every start.
     */
    @Produces
    @Singleton
    MeterFilter everyServerHasAPort() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                String name = id.getName();
                boolean ofServer = name.startsWith("http.server.") && !name.equals("http.server.requests");
                return ofServer && id.getTag(PORT) == null ? id.withTag(Tag.of(PORT, "any")) : id;
            }
        };
    }
}
