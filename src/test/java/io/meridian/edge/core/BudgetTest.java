package io.meridian.edge.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final Budget budget = new Budget();

    @Test
    void theReadTakesWhatTheModelAndTheAnswerLeave() {
        budget.begin(0, 20);
        assertEquals(17, budget.readMillis(0, 0));
        assertEquals(12, budget.readMillis(0, 5 * MILLISECOND));
        assertEquals(7, budget.readMillis(5 * MILLISECOND, 5 * MILLISECOND));
        assertEquals(12 * MILLISECOND, budget.scoringNanos(5 * MILLISECOND));
    }

    @Test
    void aSlowModelLeavesTheReadHalf() {
        budget.begin(0, 20);
        assertEquals(8, budget.readMillis(0, 500 * MILLISECOND));
    }

    @Test
    void ofAShortPatienceAQuarterIsKept() {
        budget.begin(0, 4);
        assertEquals(3, budget.readMillis(0, 0));
        budget.begin(0, 1);
        assertEquals(1, budget.readMillis(0, 0));
    }

    @Test
    void whatIsOverIsOver() {
        budget.begin(-17 * MILLISECOND, 20);
        assertEquals(0, budget.readMillis(0, 0));
        budget.begin(-30 * MILLISECOND, 20);
        assertEquals(0, budget.readMillis(0, 0));
        assertTrue(budget.scoringNanos(0) < 0);
    }

    @Test
    void patienceIsCapped() {
        budget.begin(0, 60_000);
        assertEquals(997, budget.readMillis(0, 0));
    }
}
