package io.meridian.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenTelemetry's variables, as its specification of the exporter has them. */
class TracingTest {
    @Test
    void valuesOfHeadersArePercentDecoded() {
        assertEquals(
                Map.of("authorization", "Basic dXNlcjpwYXNz+w==", "x-tenant", "a,b"),
                Tracing.headers(" authorization=Basic%20dXNlcjpwYXNz+w== , x-tenant=a%2Cb"));
        assertEquals(Map.of(), Tracing.headers(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1,secret",
                "a=1,=secret",
                "a=1,b c=secret",
                "a=1,b=secret%zz",
                "a=1,b=secret%0a",
                "a=1,host=secret"
            })
    void aHeaderThatCannotBeSentIsRefusedWithoutTellingIt(String headers) {
        StartupRefused refused = assertThrows(StartupRefused.class, () -> Tracing.headers(headers));
        assertTrue(refused.getMessage().startsWith("OTEL_EXPORTER_OTLP_HEADERS: "), refused.getMessage());
        assertTrue(refused.getMessage().contains("no. 2"), refused.getMessage());
        assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
    }

    @Test
    void anAddressHasAHost() {
        assertEquals(URI.create("http://collector:4318/v1/traces"), Tracing.address("http://collector:4318/v1/traces"));
        for (String address : new String[] {
            "collector:4318",
            "http:///v1/traces",
            "http://a_b:4318",
            "http://collector:70000",
            "ftp://collector",
            "http://a b"
        }) {
            StartupRefused refused = assertThrows(StartupRefused.class, () -> Tracing.address(address), address);
            assertTrue(refused.getMessage().startsWith("OTEL_EXPORTER_OTLP_ENDPOINT: "), refused.getMessage());
        }
    }
}
