package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** A label selector: {@code matchLabels} and {@code matchExpressions}, all of which have to hold; without any it takes everything. */
final class Selector {
    private Selector() {}

    static boolean matches(JsonNode selector, Map<String, String> labels) {
        return matchesAll(selector.path("matchLabels"), labels) && expressions(selector, labels);
    }

    /** A plain mapping of labels, as a Service has it. */
    static boolean matchesAll(JsonNode wanted, Map<String, String> labels) {
        boolean matches = true;
        for (var field : wanted.properties()) {
            matches &= field.getValue().asText().equals(labels.get(field.getKey()));
        }
        return matches;
    }

    private static boolean expressions(JsonNode selector, Map<String, String> labels) {
        boolean matches = true;
        for (JsonNode expression : selector.path("matchExpressions")) {
            String label = labels.get(expression.path("key").asText());
            boolean among = false;
            for (JsonNode value : expression.path("values")) {
                among |= value.asText().equals(label);
            }
            matches &= switch (expression.path("operator").asText()) {
                case "In" -> among;
                case "NotIn" -> !among;
                case "Exists" -> label != null;
                case "DoesNotExist" -> label == null;
                default -> throw new IllegalArgumentException("no operator: " + expression);
            };
        }
        return matches;
    }

    /** The labels in an object's metadata, or of a template's. */
    static Map<String, String> labels(JsonNode withMetadata) {
        Map<String, String> labels = new HashMap<>();
        withMetadata
                .path("metadata")
                .path("labels")
                .fields()
                .forEachRemaining(
                        label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }
}
