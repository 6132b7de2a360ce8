package io.meridian.edge.benchmark;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another process or thread brings about. */
final class Waiting {
    private Waiting() {}

    /** Returns when the condition holds; throws after so long. */
    static void until(String what, Duration atMost, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(what + ": not within " + atMost.toSeconds() + " s");
            }
            Thread.sleep(20);
        }
    }
}
