package io.meridian.edge.core.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int ROWS = 32;

    private final Pace pace = new Pace();
    private long now;

    private void run(int rows, long nanos) {
        pace.ran(rows, now, now + nanos);
        now += nanos;
    }

    private void run(int times, int rows, long nanos) {
        for (int i = 0; i < times; i++) {
            run(rows, nanos);
        }
    }

    @Test
    void knowsNothingAndPermitsAll() {
        assertEquals(0, pace.neededNanos());
        assertTrue(pace.permits(1, -1, now));
        assertTrue(pace.permits(Scorer.MAX_ROWS, -1, now));
    }

    @Test
    void findsThe99thPercentile() {
        SplittableRandom random = new SplittableRandom(20_261_122);
        int longer = 0;
        int runs = 100_000;
        for (int i = 0; i < runs + 10_000; i++) {
            // Exponential with a mean of a millisecond: the 99th percentile lies at 4.6.
            long took = (long) (-Math.log(1 - random.nextDouble()) * MILLISECOND);
            longer += i >= 10_000 && took > pace.neededNanos() ? 1 : 0;
            run(ROWS, took);
        }
        assertEquals(0.01, (double) longer / runs, 0.002);
    }

    @Test
    void oneStallMovesItLittleManySlowRunsMuch() {
        run(5_000, ROWS, MILLISECOND);
        long before = pace.neededNanos();
        run(ROWS, 1_000 * MILLISECOND);
        assertTrue(pace.neededNanos() < before * 1.2);
        run(60, ROWS, 50 * MILLISECOND);
        assertTrue(pace.neededNanos() >= 40 * MILLISECOND, pace.neededNanos() + " ns");
    }

    @Test
    void skipsWhatDoesNotFitAndTriesItAgainOnceASecond() {
        run(200, ROWS, 10 * MILLISECOND);
        assertTrue(pace.permits(ROWS, 12 * MILLISECOND, now));
        assertFalse(pace.permits(ROWS, 5 * MILLISECOND, now));
        long last = now;
        int tries = 0;
        for (; now - last < 10 * Pace.RETRY_NANOS; now += MILLISECOND) {
            if (pace.permits(ROWS, 5 * MILLISECOND, now)) {
                tries++;
                run(ROWS, 10 * MILLISECOND);
            }
        }
        assertTrue(tries >= 8 && tries <= 10, tries + " tries in ten seconds");
        // Then it is quick again: the next try shows it.
        now += Pace.RETRY_NANOS;
        assertTrue(pace.permits(ROWS, 5 * MILLISECOND, now));
        run(ROWS, MILLISECOND);
        assertTrue(pace.permits(ROWS, 5 * MILLISECOND, now));
    }

    @Test
    void ofManyWhoComeAtOnceOneTries() {
        run(200, ROWS, 10 * MILLISECOND);
        now += Pace.RETRY_NANOS;
        int tries = 0;
        for (int i = 0; i < 100; i++) {
            tries += pace.permits(ROWS, 0, now) ? 1 : 0;
        }
        assertEquals(1, tries);
    }

    @Test
    void manyRowsTellNothingOfFew() {
        run(200, Scorer.MAX_ROWS, 10 * MILLISECOND);
        run(200, 1, MILLISECOND / 10);
        assertTrue(pace.permits(1, MILLISECOND, now));
        assertFalse(pace.permits(Scorer.MAX_ROWS, MILLISECOND, now));
    }
}
