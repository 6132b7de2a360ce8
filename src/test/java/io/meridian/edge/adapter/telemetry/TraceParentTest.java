package io.meridian.edge.adapter.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

/** W3C Trace Context, section 3.2. */
class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @Test
    void readsTheFirstVersion() {
        assertEquals(new TraceParent(TRACE, SPAN, true), TraceParent.parse("00-" + TRACE + "-" + SPAN + "-01"));
        assertEquals(new TraceParent(TRACE, SPAN, false), TraceParent.parse("00-" + TRACE + "-" + SPAN + "-00"));
        // Flags that are not known do not matter.
        assertEquals(new TraceParent(TRACE, SPAN, true), TraceParent.parse("00-" + TRACE + "-" + SPAN + "-ff"));
        assertEquals(new TraceParent(TRACE, SPAN, false), TraceParent.parse("00-" + TRACE + "-" + SPAN + "-02"));
    }

    @Test
    void readsOfALaterVersionWhatIsKnown() {
        assertEquals(new TraceParent(TRACE, SPAN, true), TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-01"));
        assertEquals(
                new TraceParent(TRACE, SPAN, true), TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-01-what-comes"));
        assertNull(TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-01.what-comes"));
    }

    @Test
    void anythingElseIsNone() {
        String zeros = "0".repeat(32);
        for (String header : List.of(
                "",
                "00",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-1",
                "00-" + TRACE + "-" + SPAN + "-01-",
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "00-" + TRACE.toUpperCase(java.util.Locale.ROOT) + "-" + SPAN + "-01",
                "00-" + zeros + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + zeros.substring(16) + "-01",
                "00-" + TRACE.replace('4', 'g') + "-" + SPAN + "-01",
                "00_" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "_" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "_01",
                "0x-" + TRACE + "-" + SPAN + "-01",
                "customer/c-1001-customer/c-1001-customer/c-1001-customer")) {
            assertNull(TraceParent.parse(header), header);
        }
        assertNull(TraceParent.parse(null));
    }
}
