package io.meridian.edge.faults;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions. */
final class Await {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    interface Condition {
        boolean holds() throws Exception;
    }

    private Await() {}

    /** Fails after a minute. */
    static void until(String what, Condition condition) {
        if (!within(LIMIT_NANOS, condition)) {
            throw new AssertionError("waited a minute in vain for " + what);
        }
    }

    /** True once the condition holds, false if it did not in time. */
    static boolean within(long nanos, Condition condition) {
        long deadline = System.nanoTime() + nanos;
        try {
            while (!condition.holds()) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            return true;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
