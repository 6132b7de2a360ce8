package io.meridian.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class StoreReadinessTest {
    private final AtomicBoolean reached = new AtomicBoolean();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final StoreReadiness readiness = new StoreReadiness(reached::get, clock::get);

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
}
