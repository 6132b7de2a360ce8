package io.meridian.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.load.traffic.Refused;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void loadStaysOnThisMachine() {
        // An address for documentation (RFC 5737): nobody is there.
        Map<String, String> foreign = Map.of("baseUrl", "http://192.0.2.7:8080");

        String refusal = assertThrows(Refused.class, () -> settings(foreign)).getMessage();
        assertTrue(refusal.contains("-Dtarget=192.0.2.7"), refusal);
        assertThrows(Refused.class, () -> settings(Map.of("baseUrl", "http://192.0.2.7:8080", "target", "192.0.2.8")));
        settings(Map.of("baseUrl", "http://192.0.2.7:8080", "target", "192.0.2.7"));
        settings(Map.of("baseUrl", "http://[::1]:8080"));
    }

    @Test
    void valuesAreUnderstoodOrRefused() {
        Settings settings = settings(Map.of("rate", "12.5", "duration", "90s", "warmUp", "soon", "p99", "-1"));

        assertEquals(12.5, settings.number("rate", 1));
        assertEquals(7, settings.number("other", 7));
        assertEquals(Duration.ofSeconds(90), settings.duration("duration", "1m"));
        assertEquals(Duration.ofMinutes(30), settings.duration("other", "30m"));
        assertThrows(Refused.class, () -> settings.duration("warmUp", "1m"));
        assertThrows(Refused.class, () -> settings.number("p99", 1));
        assertThrows(Refused.class, () -> settings(Map.of("baseUrl", "localhost:8080")));
    }

    private static Settings settings(Map<String, String> properties) {
        return new Settings(name -> properties.getOrDefault(name, ""));
    }
}
