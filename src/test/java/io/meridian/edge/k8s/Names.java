package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/** Names and labels as Kubernetes allows them (RFC 1123 labels and subdomains, qualified label keys). */
final class Names {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL);
    private static final Pattern PORT = Pattern.compile("(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile("(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")*");
    private static final String QUALIFIED = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final Pattern VALUE = Pattern.compile("(" + QUALIFIED + ")?");

    private Names() {}

    /** All names and labels of one object. Generated names are held to a label's length too, for they end up in names of pods. */
    static void check(JsonNode object, List<String> problems) {
        String id = Resources.id(object);
        need(NAME, Resources.name(object), id + ": the name", problems);
        walk(object, id, problems);
    }

    private static void walk(JsonNode node, String path, List<String> problems) {
        node.fields().forEachRemaining(field -> {
            String at = path + "." + field.getKey();
            switch (field.getKey()) {
                case "labels", "matchLabels", "nodeSelector" -> labels(field.getValue(), at, problems);
                case "containers", "initContainers", "volumes" ->
                    field.getValue()
                            .forEach(each -> need(NAME, each.path("name").asText(), at + ": a name", problems));
                case "ports" ->
                    field.getValue().forEach(each -> {
                        if (each.has("name")) {
                            need(PORT, each.path("name").asText(), at + ": a port's name", problems);
                        }
                    });
                case "annotations" -> field.getValue().fieldNames().forEachRemaining(key -> key(key, at, problems));
                default -> {}
            }
            walk(field.getValue(), at, problems);
        });
        if (node.isArray()) {
            node.forEach(element -> walk(element, path, problems));
        }
    }

    private static void labels(JsonNode labels, String path, List<String> problems) {
        labels.fields().forEachRemaining(label -> {
            key(label.getKey(), path, problems);
            if (label.getValue().isTextual()) {
                need(VALUE, label.getValue().asText(), path + ": the value of " + label.getKey(), problems);
            } else {
                problems.add(path + ": the value of " + label.getKey() + " is no text: " + label.getValue());
            }
        });
    }

    private static void key(String key, String path, List<String> problems) {
        int slash = key.indexOf('/');
        if (slash >= 0) {
            need(SUBDOMAIN, key.substring(0, slash), path + ": the prefix of a key", problems);
        }
        need(Pattern.compile(QUALIFIED), key.substring(slash + 1), path + ": a key", problems);
    }

    private static void need(Pattern pattern, String text, String what, List<String> problems) {
        if (!pattern.matcher(text).matches()) {
            problems.add(what + " '" + text + "' is not as Kubernetes allows it");
        }
    }
}
