package io.meridian.edge.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The page of metrics and what a running service exposes are the same. */
@QuarkusTest
class MetricsPageTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String OURS = "meridian_";

    @TestHTTPResource("/")
    URI base;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @Test
    void namesAreThoseOfTheService() throws Exception {
        Set<String> exposed = new TreeSet<>();
        for (Map.Entry<String, String> family : Exposition.of(metrics).types().entrySet()) {
            if (family.getKey().startsWith(OURS)) {
                exposed.add(family.getKey() + " " + family.getValue());
            }
        }
        Set<String> told = new TreeSet<>();
        for (MetricsPage.Row row : MetricsPage.rows()) {
            String line = row.name() + " " + row.type();
            assertTrue(told.add(line), line + " is told twice");
            if (row.later()) {
                exposed.add(line);
            }
        }
        assertEquals(String.join("\n", exposed), String.join("\n", told));
    }

    @Test
    void tagsAndTheirValuesAreThoseOfTheService() throws Exception {
        Exposition exposed = Exposition.of(metrics);
        for (MetricsPage.Row row : MetricsPage.rows()) {
            Map<String, Set<String>> labels = exposed.labels(row.sample());
            if (row.later() && labels.isEmpty()) {
                continue;
            }
            assertEquals(row.tags().keySet(), labels.keySet(), row.name());
            row.tags().forEach((tag, values) -> {
                if (row.later() && !values.isEmpty()) {
                    assertTrue(values.containsAll(labels.get(tag)), row.name() + " " + tag + " " + labels.get(tag));
                } else if (!values.isEmpty()) {
                    assertEquals(values, labels.get(tag), row.name() + " " + tag);
                }
            });
        }
    }

    @Test
    void aDecisionIsCountedInItsBucketsAsAWholeAndByStage() throws Exception {
        Exposition before = Exposition.of(metrics);
        decide();
        Exposition after = Exposition.of(metrics);
        for (String family : List.of("meridian_decision_seconds", "meridian_stage_seconds")) {
            String stage = family.contains("stage") ? "stage=\"eligible\"," : "";
            String of = stage.isEmpty() ? "" : "{stage=\"eligible\"}";
            String count = family + "_count" + of;
            String sum = family + "_sum" + of;
            String all = family + "_bucket{" + stage + "le=\"+Inf\"}";
            assertTrue(after.value(count) > before.value(count), count);
            assertTrue(after.value(sum) > before.value(sum), sum);
            assertEquals(after.value(count), after.value(all));
            double below = 0;
            for (Map.Entry<String, Double> series : after.values().entrySet()) {
                if (series.getKey().startsWith(family + "_bucket{" + stage)) {
                    assertTrue(series.getValue() >= below, "buckets are cumulative: " + series.getKey());
                    below = series.getValue();
                }
            }
            assertEquals(after.value(count), below);
        }
    }

    @Test
    void aStageNotGoneThroughCountsNothing() throws Exception {
        Exposition before = Exposition.of(metrics);
        decide();
        // Nobody is named, so nothing is read.
        String read = "meridian_stage_seconds_count{stage=\"read\"}";
        assertEquals(before.value(read), Exposition.of(metrics).value(read));
    }

    @Test
    void theKernelIsAskedForMemoryAndHandles() throws Exception {
        Exposition exposed = Exposition.of(metrics);
        assertTrue(exposed.value("meridian_memory_resident_bytes") > 10_000_000, "resident");
        assertTrue(exposed.value("meridian_files_open") > 5, "open files");
        assertTrue(exposed.value("meridian_files_limit") >= exposed.value("meridian_files_open"), "limit");
    }

    @Test
    void everyMetricSaysOfWhatItIs() throws Exception {
        decide();
        List<String> nameless = Exposition.of(metrics).types().keySet().stream()
                .filter(name -> name.startsWith("m_"))
                .toList();
        assertEquals(List.of(), nameless);
    }

    private void decide() throws Exception {
        HttpResponse<String> reply = CLIENT.send(
                HttpRequest.newBuilder(base.resolve("/v1/decide/home-hero?country=DE&channel=web&device=mobile"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, reply.statusCode(), reply.body());
    }
}
