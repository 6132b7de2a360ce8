package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A strategic merge: mappings merge, null takes out, lists that the API keys by a field merge by it, any other list is replaced. */
final class StrategicMerge {
    /** Of the lists in a pod template, by the API's {@code patchMergeKey}. */
    private static final Map<String, String> KEYS = Map.of(
            "containers", "name",
            "initContainers", "name",
            "volumes", "name",
            "env", "name",
            "volumeMounts", "mountPath");

    private StrategicMerge() {}

    static void merge(ObjectNode object, ObjectNode patch, String where) {
        boolean template = !PodTemplates.of(object).isMissingNode();
        merge(object, patch, template, where);
    }

    private static void merge(ObjectNode object, ObjectNode patch, boolean template, String where) {
        patch.fields().forEachRemaining(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            Shape.require(!name.startsWith("$"), where + ": directives such as " + name + " are not done here");
            JsonNode present = object.path(name);
            if (value.isNull()) {
                object.remove(name);
            } else if (value instanceof ObjectNode fields && present instanceof ObjectNode old) {
                merge(old, fields, template, where);
            } else if (value instanceof ArrayNode list
                    && present instanceof ArrayNode old
                    && template
                    && !"metadata".equals(name)
                    && mergeKey(name, where) != null) {
                mergeList(old, list, mergeKey(name, where), where);
            } else {
                object.set(name, value.deepCopy());
            }
        });
    }

    private static String mergeKey(String list, String where) {
        Shape.require(!"ports".equals(list), where + ": ports are merged by two fields, which is not done here");
        return KEYS.get(list);
    }

    /** What is new comes first, as kustomize has it. */
    private static void mergeList(ArrayNode old, ArrayNode patch, String key, String where) {
        List<JsonNode> added = new ArrayList<>();
        for (JsonNode element : patch) {
            Shape.require(element.hasNonNull(key), where + ": an element without " + key);
            ObjectNode same = null;
            for (JsonNode candidate : old) {
                if (candidate.path(key).equals(element.path(key))) {
                    same = (ObjectNode) candidate;
                }
            }
            if (same == null) {
                added.add(element.deepCopy());
            } else {
                merge(same, (ObjectNode) element, true, where);
            }
        }
        for (int i = 0; i < added.size(); i++) {
            old.insert(i, added.get(i));
        }
    }
}
