package io.meridian.edge.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void whatIsNotCountedIsNotZeroLate() {
        Metrics with = Metrics.of("# HELP of it\nmeridian_deadline_total{outcome=\"met\"} 7.0\n"
                + "meridian_deadline_total{outcome=\"missed\"} 3.0\n");
        assertEquals(3, with.late());
        Metrics without = Metrics.of("meridian_deadline_total{outcome=\"met\"} 7.0\n");
        assertThrows(IllegalStateException.class, without::late);
    }
}
