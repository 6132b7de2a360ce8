package io.meridian.edge.app;

import io.meridian.edge.adapter.http.UnexpectedFailures;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/** What goes wrong through no fault of a caller: every time counted, once in a while logged. */
@Singleton
final class Defects implements UnexpectedFailures {
    private static final Logger LOG = Logger.getLogger("io.meridian.edge");
    private static final long LOG_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongAdder count = new LongAdder();
    private final AtomicLong nextLog = new AtomicLong(System.nanoTime());

    Defects(MeterRegistry registry) {
        registry.more().counter("meridian.defects", java.util.List.of(), count);
    }

    /** Counted from the start, so that there is a 0 before there is a 1. */
    void begin(@Observes StartupEvent event) {}

    /** The place in the code is told, the message is not: it may quote a value. */
    @Override
    public void note(Throwable defect) {
        count.increment();
        long now = System.nanoTime();
        long next = nextLog.get();
        if (now - next >= 0 && nextLog.compareAndSet(next, now + LOG_EVERY_NANOS)) {
            StackTraceElement[] trace = defect.getStackTrace();
            LOG.errorf(
                    "a request, a decision or a model failed: %s at %s; %d so far",
                    defect.getClass().getName(), trace.length == 0 ? "?" : trace[0], count.sum());
        }
    }
}
