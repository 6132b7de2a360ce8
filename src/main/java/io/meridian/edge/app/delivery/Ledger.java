package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.state.AuditEvent;
import io.meridian.edge.adapter.state.AuditEvent.What;
import io.meridian.edge.adapter.state.AuditLog;
import java.io.IOException;
import java.time.Clock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes down what happens to what is decided by. For the thread of activations. */
final class Ledger implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("io.meridian.edge");

    private final AuditLog audit;
    private final Clock clock;
    private final DeliveryCounters counters;

    Ledger(AuditLog audit, Clock clock, DeliveryCounters counters) {
        this.audit = audit;
        this.clock = clock;
        this.counters = counters;
    }

    /** What an event is about; null and 0 where it is not known. */
    record About(@Nullable String digest, @Nullable String content, long revision) {
        static final About NOTHING = new About(null, null, 0);
    }

    /** Has to be written down before anything else happens. */
    void require(What what, Origin origin, About about, @Nullable String why) throws IOException {
        audit.append(event(what, origin, about, null, why, 1));
    }

    /** Is written down if that can be done; else it is counted, and told in the log. */
    void note(What what, Origin origin, About about, @Nullable String code, @Nullable String why, long count) {
        try {
            audit.append(event(what, origin, about, code, why, count));
        } catch (IOException failed) {
            counters.auditFailures.increment();
            LOG.errorf("an audit event (%s, %s) could not be written: %s", what.id(), code, failed);
        }
    }

    private AuditEvent event(
            What what, Origin origin, About about, @Nullable String code, @Nullable String why, long count) {
        return new AuditEvent(
                what,
                clock.instant(),
                origin.via().id(),
                origin.who(),
                about.digest(),
                about.content(),
                about.revision(),
                code,
                why,
                count);
    }

    @Override
    public void close() {
        audit.close();
    }
}
