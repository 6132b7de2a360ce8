package io.meridian.edge.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The dashboard can be imported as it is. Its expressions are {@link AlertsTest}'s matter. */
class DashboardTest {
    private static final int WIDTH = 24;

    @Test
    void idsAreUniqueAndPanelsDoNotOverlap() throws Exception {
        Set<Integer> ids = new HashSet<>();
        Set<Integer> taken = new HashSet<>();
        for (JsonNode panel : MonitoringFiles.dashboard().get("panels")) {
            assertTrue(ids.add(panel.get("id").asInt()), "id " + panel.get("id") + " is there twice");
            JsonNode place = panel.get("gridPos");
            for (int y = 0; y < place.get("h").asInt(); y++) {
                for (int x = 0; x < place.get("w").asInt(); x++) {
                    int column = place.get("x").asInt() + x;
                    assertTrue(column < WIDTH, panel.get("title") + " is too wide");
                    assertTrue(
                            taken.add((place.get("y").asInt() + y) * WIDTH + column),
                            panel.get("title").asText());
                }
            }
            Set<String> targets = new HashSet<>();
            for (JsonNode target : panel.path("targets")) {
                assertTrue(
                        targets.add(target.get("refId").asText()),
                        panel.get("title").asText());
            }
        }
        assertTrue(ids.size() > 25, "panels were not found");
    }

    @Test
    void everyDatasourceIsTheVariable() throws Exception {
        JsonNode dashboard = MonitoringFiles.dashboard();
        List<JsonNode> sources = dashboard.findValues("datasource");
        assertTrue(sources.size() > 50, "datasources were not found");
        for (JsonNode source : sources) {
            assertEquals("prometheus", source.path("type").asText());
            assertEquals("${datasource}", source.path("uid").asText());
        }
        List<String> variables = new ArrayList<>();
        dashboard
                .at("/templating/list")
                .forEach(variable -> variables.add(variable.get("name").asText()));
        assertEquals(List.of("datasource", "region"), variables);
    }

    @Test
    void everyPanelButARowAsksSomethingOfTheChosenRegion() throws Exception {
        List<String> rows = new ArrayList<>();
        for (JsonNode panel : MonitoringFiles.dashboard().get("panels")) {
            if (panel.get("type").asText().equals("row")) {
                rows.add(panel.get("title").asText());
                continue;
            }
            assertTrue(panel.path("targets").size() > 0, panel.get("title").asText());
            for (String expression : panel.findValuesAsText("expr")) {
                for (PromQl.Selector selector : PromQl.parse(expression.replace("$__rate_interval", "5m")).selectors) {
                    assertEquals("$region", selector.matchers().get("region")[1], expression);
                }
            }
        }
        assertEquals(
                List.of(
                        "Is the region healthy?",
                        "Decisions",
                        "Stages",
                        "Redis",
                        "Models",
                        "Overload",
                        "Bundle",
                        "Records and the process"),
                rows);
    }
}
