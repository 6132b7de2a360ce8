package io.meridian.edge.monitoring;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What lies in {@code k8s/base/monitoring}, strictly read. */
final class MonitoringFiles {
    static final Path FOLDER = Path.of("k8s/base/monitoring");
    static final Path RUNBOOK = FOLDER.resolve("RUNBOOK.md");

    private MonitoringFiles() {}

    /** The rules, in their order. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> alerts() throws IOException {
        Map<String, Object> rule = (Map<String, Object>)
                new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
                        .loadFromString(Files.readString(FOLDER.resolve("alerts.yaml")));
        List<Map<String, Object>> alerts = new ArrayList<>();
        for (Map<String, Object> group :
                (List<Map<String, Object>>) ((Map<String, Object>) rule.get("spec")).get("groups")) {
            alerts.addAll((List<Map<String, Object>>) group.get("rules"));
        }
        return alerts;
    }

    static JsonNode dashboard() throws IOException {
        return new ObjectMapper()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(Files.readString(FOLDER.resolve("dashboard.json")));
    }

    /** Of all panels and annotations, with Grafana's variables filled in. */
    static List<String> expressionsOfDashboard() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (String expression : dashboard().findValuesAsText("expr")) {
            expressions.add(expression.replace("$__rate_interval", "5m").replace("$region", ".*"));
        }
        return expressions;
    }
}
