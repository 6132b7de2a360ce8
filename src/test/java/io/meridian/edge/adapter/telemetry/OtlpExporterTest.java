package io.meridian.edge.adapter.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of spans that cannot be sent. What is sent is {@code TracesAndLogsTest}'s matter. */
class OtlpExporterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static OtlpExporter to(String endpoint) {
        return new OtlpExporter(URI.create(endpoint), Map.of(), "meridian", "1", "eu-central");
    }

    private static RequestSpan span() {
        return new RequestSpan(OtlpJson.newTraceId(), OtlpJson.newSpanId(), null, "GET", "/v1/decide");
    }

    @Test
    void aBatchThatFailsInAnUnforeseenWayIsDroppedAndCountedAndTheNextIsTried() {
        // The client does not foresee a port that does not exist.
        try (OtlpExporter exporter = to("http://127.0.0.1:70000/v1/traces")) {
            for (int dropped = 1; dropped <= 3; dropped++) {
                exporter.offer(span());
                Instant until = Instant.now().plus(PATIENCE);
                while (exporter.dropped() < dropped && Instant.now().isBefore(until)) {
                    Thread.onSpinWait();
                }
                assertEquals(dropped, exporter.dropped());
            }
            assertTrue(exporter.sent() == 0);
        }
    }

    @Test
    void whatNoRequestCanBeMadeOfIsRefusedAtOnce() {
        assertThrows(IllegalArgumentException.class, () -> to("http:///v1/traces"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new OtlpExporter(URI.create("http://c/"), Map.of("a b", "1"), "meridian", "1", "r"));
    }
}
