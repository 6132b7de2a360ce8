package io.meridian.load.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisitorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Mix mix = Mix.read(null);
    private final Memory memory = new Memory();

    @Test
    void theSameSeedGivesTheSameCalls() {
        List<String> one = told(1);
        List<String> again = told(1);
        for (int i = 0; i < one.size(); i++) {
            assertEquals(one.get(i), again.get(i));
        }
        assertFalse(one.equals(told(2)));
    }

    @Test
    void sharesAreThoseOfTheMix() {
        Visitors visitors = new Visitors(mix, Subjects.generated(mix), memory, 1);
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        for (int i = 0; i < 20_000; i++) {
            counts.merge(next(visitors).kind, 1, Integer::sum);
        }
        // 30 of 100, and 6 of events that find nothing to tell of.
        assertEquals(0.36, counts.get(Kind.DECIDE_CONSENTED) / 20_000.0, 0.02);
        assertEquals(0.14, counts.get(Kind.EDGE_SHARED) / 20_000.0, 0.02);
        assertEquals(Kind.values().length - 1, counts.size(), "every kind but events");
    }

    @Test
    void everyBodyIsJson() throws IOException {
        memory.remember(new Memory.Shown("c-1001", "DE", "T", "home-hero", "o", "v", "token"));
        Visitors visitors = new Visitors(mix, Subjects.generated(mix), memory, 1);
        for (Kind kind : Kind.values()) {
            Call call = visitors.call(kind);
            assertEquals(kind, call.kind);
            assertEquals(kind == Kind.EDGE_SHARED || kind == Kind.EDGE_KNOWN, call.body.isEmpty());
            JSON.readTree(call.body);
        }
    }

    @Test
    void eachKindIsWhatItsNameSays() throws IOException {
        Visitors visitors = new Visitors(mix, Subjects.generated(mix), memory, 1);

        assertTrue(body(visitors, Kind.DECIDE_ANONYMOUS).path("subject").isMissingNode());
        assertTrue(body(visitors, Kind.DECIDE_SILENT).path("consent").isMissingNode());
        assertEquals(
                "us-east",
                body(visitors, Kind.DECIDE_MISROUTED).at("/subject/homeRegion").asText());
        assertTrue(body(visitors, Kind.DECIDE_UNKNOWN)
                .at("/subject/ids/0/id")
                .asText()
                .startsWith("x-"));
        String consented =
                body(visitors, Kind.DECIDE_CONSENTED).at("/consent/tcf").asText();
        String denied = body(visitors, Kind.DECIDE_DENIED).at("/consent/tcf").asText();
        assertFalse(consented.isEmpty() || denied.isEmpty() || consented.equals(denied));
        assertEquals("", visitors.call(Kind.EDGE_SHARED).subject);
        assertTrue(visitors.call(Kind.EDGE_KNOWN).subject.startsWith("c-"));
    }

    @Test
    void customersOfAFileVisitFromWhereTheyLive(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("customers.ndjson"), """
                {"ns":"customer","id":"k-1","profile":{"home_country":"FR"}}
                {"ns":"device","id":"d-1","profile":{}}
                """);
        Visitors visitors = new Visitors(mix, Subjects.read(file, mix), memory, 1);

        for (int i = 0; i < 20; i++) {
            JsonNode body = body(visitors, Kind.DECIDE_CONSENTED);
            assertEquals("k-1", body.at("/subject/ids/0/id").asText());
            assertEquals("FR", body.at("/context/country").asText());
        }
        assertThrows(Refused.class, () -> Subjects.read(folder.resolve("nobody"), mix));
    }

    private static JsonNode body(Visitors visitors, Kind kind) throws IOException {
        return JSON.readTree(visitors.call(kind).body);
    }

    private List<String> told(long seed) {
        Visitors visitors = new Visitors(mix, Subjects.generated(mix), new Memory(), seed);
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Call call = next(visitors);
            calls.add(call.kind + call.path + call.body + call.country + call.device);
        }
        return calls;
    }

    private static Call next(Visitors visitors) {
        return (Call) visitors.next().get(Visitors.CALL);
    }
}
