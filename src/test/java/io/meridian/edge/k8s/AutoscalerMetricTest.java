package io.meridian.edge.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What the autoscaler asks for is what the adapter's rule makes, of a counter that the service has. */
class AutoscalerMetricTest {
    private final JsonNode rule = ManifestYaml.readOne(Region.K8S.resolve("cluster/prometheus-adapter.yaml"))
            .path("rules")
            .path("custom")
            .path(0);

    @Test
    void theRuleMakesTheMetricThatTheAutoscalerAsksFor() {
        for (Region region : Region.all()) {
            String asked = region.one("HorizontalPodAutoscaler", "meridian")
                    .path("spec")
                    .path("metrics")
                    .findPath("metric")
                    .path("name")
                    .asText();
            assertEquals(rule.path("name").path("as").asText(), asked, region.id());
        }
    }

    /** METRICS.md is held against a running service by a test of its own. */
    @Test
    void itsSeriesIsACounterOfTheService() {
        String query = rule.path("seriesQuery").asText();
        String series = query.substring(0, query.indexOf('{'));
        assertEquals("^" + series + "$", rule.path("name").path("matches").asText());
        String page = ManifestYaml.text(Region.K8S.resolve("base/monitoring/METRICS.md"));
        assertTrue(page.contains("\n| `" + series + "` | counter |"), series + " is no counter in METRICS.md");
    }
}
