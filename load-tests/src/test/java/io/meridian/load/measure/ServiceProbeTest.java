package io.meridian.load.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ServiceProbeTest {
    private static final String METRICS = """
            # TYPE process_files_open_files gauge
            process_files_open_files 50.0
            process_files_open_files_of_another 7.0
            process_cpu_time_ns_total 1.308E10
            """;

    @Test
    void readsAMetricByItsWholeName() {
        assertEquals(OptionalDouble.of(50), ServiceProbe.value(METRICS, "process_files_open_files"));
        assertEquals(OptionalDouble.of(1.308e10), ServiceProbe.value(METRICS, "process_cpu_time_ns_total"));
        assertEquals(OptionalDouble.empty(), ServiceProbe.value(METRICS, "process_files"));
    }
}
