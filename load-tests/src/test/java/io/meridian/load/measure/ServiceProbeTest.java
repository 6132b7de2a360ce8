package io.meridian.load.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ServiceProbeTest {
    private static final String METRICS = """
            # TYPE meridian_files_open gauge
            meridian_files_open 50.0
            meridian_files_open_of_another 7.0
            meridian_http_connections 12.0
            process_cpu_time_ns_total 1.308E10
            """;

    @Test
    void readsAMetricByItsWholeName() {
        assertEquals(OptionalDouble.of(50), ServiceProbe.value(METRICS, "meridian_files_open"));
        assertEquals(OptionalDouble.of(1.308e10), ServiceProbe.value(METRICS, "process_cpu_time_ns_total"));
        assertEquals(OptionalDouble.empty(), ServiceProbe.value(METRICS, "meridian_files"));
    }

    @Test
    void callersConnectionsAreNotItsOwn() {
        assertEquals(OptionalDouble.of(38), ServiceProbe.ownFiles(METRICS));
        assertEquals(OptionalDouble.empty(), ServiceProbe.ownFiles(""));
    }
}
