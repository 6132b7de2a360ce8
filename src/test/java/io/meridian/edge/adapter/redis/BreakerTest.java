package io.meridian.edge.adapter.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BreakerTest {
    private final Breaker breaker = new Breaker();

    @Test
    void timeOutsInARowOpenItOnce() {
        for (int i = 1; i < Breaker.TIMEOUTS; i++) {
            assertFalse(breaker.timedOut(20));
            assertFalse(breaker.isOpen());
        }
        assertTrue(breaker.timedOut(20));
        assertTrue(breaker.isOpen());
        assertFalse(breaker.timedOut(20));
    }

    @Test
    void anAnswerInTimeBetweenThemBeginsTheCountAnew() {
        for (int i = 0; i < 10 * Breaker.TIMEOUTS; i++) {
            assertFalse(breaker.timedOut(20));
            breaker.answered();
        }
        assertFalse(breaker.isOpen());
    }

    @Test
    void anAnswerToAnEarlierCommandDoesNotCloseItButAProbeDoes() {
        for (int i = 0; i < Breaker.TIMEOUTS; i++) {
            breaker.timedOut(20);
        }
        breaker.answered();
        assertTrue(breaker.isOpen());
        breaker.close();
        assertFalse(breaker.isOpen());
        assertFalse(breaker.timedOut(20));
    }

    @Test
    void aProbeHasTheTimeThatRanOutAndCallersInAHurryDoNotOpenIt() {
        for (int i = 0; i < Breaker.TIMEOUTS; i++) {
            breaker.timedOut(20);
        }
        assertEquals(20, breaker.patience());
        breaker.close();
        for (int i = 0; i < 10 * Breaker.TIMEOUTS; i++) {
            assertFalse(breaker.timedOut(Breaker.LEAST_PATIENCE - 1));
        }
        assertFalse(breaker.isOpen());
    }
}
