package io.meridian.edge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** The sample's own cases, run as its teams run them. */
class SampleCasesTest {
    private static final double LEAST_COVERAGE = 75;

    @Test
    void everyCaseOfTheSamplePassesAndFewRulesGoUnmet() throws Exception {
        CommandRun run = CommandRun.of("test", "edge-config", "--format", "json");
        JsonNode report = new ObjectMapper().readTree(run.out());
        System.out.println("Coverage of the sample's rules: " + report.at("/coverage/percent") + " %");
        assertEquals(0, run.exit(), () -> CommandRun.of("test", "edge-config").out());
        assertTrue(report.at("/coverage/percent").doubleValue() >= LEAST_COVERAGE, run.out());
        for (String market : new String[] {"de", "fr", "gb", "us", "br", "in"}) {
            int cases = 0;
            for (JsonNode file : report.get("files")) {
                cases += file.get("file").textValue().startsWith("markets/" + market + "/")
                        ? file.get("results").size()
                        : 0;
            }
            assertTrue(cases >= 5, market + " has " + cases + " cases");
        }
    }
}
