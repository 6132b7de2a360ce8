package io.meridian.load.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TrendTest {
    @Test
    void aSteadyGrowthIsFound() {
        Trend trend = new Trend();
        for (int second = 0; second <= 600; second += 10) {
            trend.add(second, 100 + second / 60.0);
        }
        assertEquals(60, trend.perHour(0), 1e-6);
    }

    @Test
    void outliersDoNotMoveIt() {
        Trend trend = new Trend();
        for (int second = 0; second <= 600; second += 10) {
            trend.add(second, second % 100 == 50 ? 900 : 100);
        }
        assertEquals(0, trend.perHour(0), 1e-9);
    }

    @Test
    void aStepIsGrowth() {
        Trend trend = new Trend();
        for (int second = 0; second <= 600; second += 10) {
            trend.add(second, second < 300 ? 100 : 120);
        }
        assertEquals(180, trend.perHour(0), 5);
    }

    @Test
    void theBeginningCanBeLeftOut() {
        Trend trend = new Trend();
        for (int second = 0; second <= 600; second += 10) {
            trend.add(second, Math.min(second, 120));
        }
        assertEquals(0, trend.perHour(120), 1e-9);
    }

    @Test
    void withoutSamplesThereIsNone() {
        assertEquals(0, new Trend().perHour(0));
    }
}
