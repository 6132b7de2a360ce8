package io.meridian.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class StoreReadinessTest {
    private final AtomicBoolean reached = new AtomicBoolean();
    private final AtomicBoolean unmarked = new AtomicBoolean();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final StoreReadiness readiness = new StoreReadiness(reached::get, unmarked::get, clock::get);

    @Test
    void theFirstCallsWaitForTheConnections() {
        assertEquals(Status.DOWN, readiness.call().getStatus(), "before the start");
        readiness.begin();
        assertEquals(Status.DOWN, readiness.call().getStatus());
        reached.set(true);
        assertEquals(Status.UP, readiness.call().getStatus());
    }

    @Test
    void aRedisThatIsLostLaterTakesNobodyOut() {
        reached.set(true);
        readiness.begin();
        reached.set(false);
        assertEquals(Status.UP, readiness.call().getStatus());
    }

    @Test
    void aRedisThatIsAwayIsNotWaitedForLong() {
        readiness.begin();
        clock.addAndGet(StoreReadiness.GRACE_NANOS - 1);
        assertEquals(Status.DOWN, readiness.call().getStatus());
        clock.incrementAndGet();
        assertEquals(Status.UP, readiness.call().getStatus());
    }

    @Test
    void itSaysWhatIsMissing() {
        assertTrue(warning().contains("cannot be reached"), warning());
        unmarked.set(true);
        String warning = warning();
        assertTrue(warning.contains("region's mark"), warning);
        assertFalse(warning.contains("reached"), warning);
    }

    /** What is logged when nobody waits for Redis any more. */
    private String warning() {
        StoreReadiness late = new StoreReadiness(reached::get, unmarked::get, clock::get);
        late.begin();
        clock.addAndGet(StoreReadiness.GRACE_NANOS);
        List<String> told = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                told.add(String.format(record.getMessage(), record.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("io.meridian.edge");
        logger.addHandler(handler);
        try {
            late.call();
        } finally {
            logger.removeHandler(handler);
        }
        return String.join("\n", told);
    }
}
