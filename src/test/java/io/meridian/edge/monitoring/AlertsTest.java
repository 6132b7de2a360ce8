package io.meridian.edge.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Alerts, runbook, status page and dashboard speak of the same things, and of what a running service exposes. */
@QuarkusTest
class AlertsTest {
    private static final Pattern DURATION = Pattern.compile("\\d+[smh]");
    private static final Pattern FINDING = Pattern.compile("\"(Meridian[A-Z][A-Za-z]+)\"");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#([^)]+))?\\)");
    private static final List<String> PARTS = List.of("**Means.**", "**Confirm.**", "**Do.**", "**Don't.**");

    /** Told by an alert, or needed by another panel's arithmetic alone. */
    private static final Set<String> NOT_ON_A_PANEL = Set.of(
            "meridian_info",
            "meridian_files_limit",
            "meridian_bundle_stale",
            "meridian_bundle_retiring",
            "meridian_state_damages");

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @Test
    void everyAlertIsWhole() throws Exception {
        for (Map<String, Object> alert : MonitoringFiles.alerts()) {
            String name = (String) alert.get("alert");
            assertTrue(name.matches("Meridian[A-Z][A-Za-z]+"), name);
            assertTrue(Set.of("alert", "expr", "for", "labels", "annotations").containsAll(alert.keySet()), name);
            assertTrue(
                    alert.get("for") == null
                            || DURATION.matcher((String) alert.get("for")).matches(),
                    name);
            assertTrue(
                    Set.of(Map.of("severity", "critical"), Map.of("severity", "warning"))
                            .contains(alert.get("labels")),
                    name);
            Map<?, ?> annotations = (Map<?, ?>) alert.get("annotations");
            assertEquals(Set.of("summary", "description", "runbook_url"), annotations.keySet(), name);
            assertEquals(
                    "k8s/base/monitoring/RUNBOOK.md#" + name.toLowerCase(Locale.ROOT), annotations.get("runbook_url"));
            assertTrue(annotations.get("summary").toString().contains("$labels.region"), name + " names no region");
        }
    }

    @Test
    void everyAlertHasItsSectionAndEverySectionItsAlert() throws Exception {
        List<String> sections = new ArrayList<>();
        String runbook = Files.readString(MonitoringFiles.RUNBOOK);
        for (String section : runbook.split("\n## ")) {
            if (section.startsWith("Meridian")) {
                sections.add(section.substring(0, section.indexOf('\n')));
                for (String part : PARTS) {
                    assertTrue(section.contains(part), sections.get(sections.size() - 1) + " lacks " + part);
                }
            }
        }
        Set<String> alerts = new TreeSet<>();
        for (Map<String, Object> alert : MonitoringFiles.alerts()) {
            assertTrue(alerts.add((String) alert.get("alert")), "twice: " + alert.get("alert"));
        }
        assertEquals(alerts, new TreeSet<>(sections));
        assertEquals(alerts.size(), sections.size());
    }

    @Test
    void everyLinkOfTheRunbookLeadsSomewhere() throws Exception {
        Matcher link = LINK.matcher(Files.readString(MonitoringFiles.RUNBOOK));
        int found = 0;
        for (; link.find(); found++) {
            Path page = MonitoringFiles.FOLDER.resolve(link.group(1));
            assertTrue(Files.isRegularFile(page), link.group());
            if (link.group(2) != null) {
                Set<String> anchors = new TreeSet<>();
                for (String line : Files.readAllLines(page)) {
                    if (line.startsWith("#")) {
                        anchors.add(line.replaceFirst("#+ ", "")
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9 -]", "")
                                .replace(' ', '-'));
                    }
                }
                assertTrue(anchors.contains(link.group(2)), link.group() + " among " + anchors);
            }
        }
        assertTrue(found > 4, "links were not found");
    }

    /** The images hold no shell and no tools; Redis takes known users over TLS only. */
    @Test
    void theRunbookNamesNoCommandThatCannotWork() throws Exception {
        String runbook = Files.readString(MonitoringFiles.RUNBOOK);
        for (String cannot : List.of("exec deploy/", "jcmd", "`redis-cli", "`meridian mark-region", "throttl")) {
            assertFalse(runbook.contains(cannot), cannot);
        }
    }

    @Test
    void everyFindingOfTheStatusPageIsInTheRunbook() throws Exception {
        Set<String> named = new TreeSet<>();
        Matcher finding =
                FINDING.matcher(Files.readString(Path.of("src/main/java/io/meridian/edge/app/status/Checks.java")));
        while (finding.find()) {
            named.add(finding.group(1));
        }
        assertTrue(named.size() > 10, "findings were not found");
        Set<String> alerts = new TreeSet<>();
        for (Map<String, Object> alert : MonitoringFiles.alerts()) {
            alerts.add((String) alert.get("alert"));
        }
        named.removeAll(alerts);
        assertEquals(Set.of(), named);
    }

    @Test
    void everySeriesOfAnAlertOrAPanelIsExposed() throws Exception {
        Exposition exposed = Exposition.of(metrics);
        List<String> expressions = new ArrayList<>(MonitoringFiles.expressionsOfDashboard());
        for (Map<String, Object> alert : MonitoringFiles.alerts()) {
            expressions.add((String) alert.get("expr"));
        }
        assertTrue(expressions.size() > 50, "expressions were not found");
        Set<String> wrong = new TreeSet<>();
        for (String expression : expressions) {
            wrong.addAll(ExposedSeries.problems(PromQl.parse(expression), exposed));
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void everyMetricOfThePageIsSomewhereToBeSeen() throws Exception {
        StringBuilder seen = new StringBuilder();
        MonitoringFiles.expressionsOfDashboard().forEach(seen::append);
        for (MetricsPage.Row row : MetricsPage.rows()) {
            if (!NOT_ON_A_PANEL.contains(row.name())) {
                assertTrue(seen.indexOf(row.name()) >= 0, row.name() + " is on no panel");
            }
        }
        assertFalse(seen.isEmpty());
    }
}
