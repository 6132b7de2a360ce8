package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code labels}: on all objects, with {@code includeTemplates} on pods and volume claims, and wherever {@code fields} say. */
final class Labels {
    private static final Set<String> FIELDS = Set.of("pairs", "includeTemplates", "fields");
    private static final Set<String> WITH_TEMPLATE = Set.of("Deployment", "StatefulSet", "CronJob");

    private record Field(String group, String kind, List<String> path) {
        boolean means(JsonNode object) {
            String apiVersion = object.path("apiVersion").asText();
            int slash = apiVersion.indexOf('/');
            return kind.equals(Resources.kind(object)) && group.equals(slash < 0 ? "" : apiVersion.substring(0, slash));
        }
    }

    private final JsonNode pairs;
    private final boolean templates;
    private final List<Field> fields;

    private Labels(JsonNode pairs, boolean templates, List<Field> fields) {
        this.pairs = pairs;
        this.templates = templates;
        this.fields = fields;
    }

    static Labels of(JsonNode entry) {
        Shape.onlyFields(entry, FIELDS, "labels");
        List<Field> fields = new ArrayList<>();
        for (JsonNode field : entry.path("fields")) {
            Shape.onlyFields(field, Set.of("path", "group", "kind"), "labels.fields");
            fields.add(new Field(
                    field.path("group").asText(),
                    Shape.text(field.path("kind"), "labels.fields.kind"),
                    List.of(Shape.text(field.path("path"), "labels.fields.path").split("/"))));
        }
        return new Labels(entry.path("pairs"), entry.path("includeTemplates").asBoolean(false), fields);
    }

    void apply(List<ObjectNode> objects) {
        for (ObjectNode object : objects) {
            put((ObjectNode) object.path("metadata"), "labels");
            if (templates && WITH_TEMPLATE.contains(Resources.kind(object))) {
                put((ObjectNode) PodTemplates.of(object).path("metadata"), "labels");
                if (PodTemplates.isRunOnce(object)) {
                    put(((ObjectNode) object.path("spec").path("jobTemplate")).withObject("/metadata"), "labels");
                }
                object.path("spec")
                        .path("volumeClaimTemplates")
                        .forEach(claim -> put((ObjectNode) claim.path("metadata"), "labels"));
            }
            for (Field field : fields) {
                if (field.means(object)) {
                    put(object, field.path());
                }
            }
        }
    }

    /** Into each mapping at the end of a path, through lists; where there is none, none is made. */
    private void put(JsonNode node, List<String> path) {
        if (node.isArray()) {
            node.forEach(element -> put(element, path));
        } else if (path.isEmpty()) {
            if (node instanceof ObjectNode labels) {
                pairs.fields().forEachRemaining(pair -> labels.set(pair.getKey(), pair.getValue()));
            }
        } else {
            put(node.path(path.get(0)), path.subList(1, path.size()));
        }
    }

    private void put(ObjectNode parent, String name) {
        ObjectNode labels = parent.withObject("/" + name);
        pairs.fields().forEachRemaining(pair -> labels.set(pair.getKey(), pair.getValue()));
    }
}
