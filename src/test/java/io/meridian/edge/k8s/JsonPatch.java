package io.meridian.edge.k8s;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** {@code add}, {@code replace} and {@code remove} of RFC 6902. */
final class JsonPatch {
    private JsonPatch() {}

    static void apply(ObjectNode object, JsonNode operations, String where) {
        for (JsonNode operation : operations) {
            Shape.onlyFields(operation, Set.of("op", "path", "value"), where);
            JsonPointer path = JsonPointer.compile(operation.path("path").asText());
            String last = path.last().getMatchingProperty();
            JsonNode parent = object.at(path.head());
            String at = where + ": " + path + " of " + Resources.id(object);
            boolean there = !object.at(path).isMissingNode();
            switch (operation.path("op").asText()) {
                case "add" -> add(parent, last, operation.path("value").deepCopy(), at);
                case "replace" -> {
                    Shape.require(there, at + " is not there");
                    remove(parent, last);
                    add(parent, last, operation.path("value").deepCopy(), at);
                }
                case "remove" -> {
                    Shape.require(there, at + " is not there");
                    remove(parent, last);
                }
                default -> throw new UnknownFeature(at + ": op " + operation.path("op"));
            }
        }
    }

    private static void add(JsonNode parent, String last, JsonNode value, String at) {
        if (parent instanceof ObjectNode fields) {
            fields.set(last, value);
        } else if (parent instanceof ArrayNode list) {
            int index = "-".equals(last) ? list.size() : Integer.parseInt(last);
            Shape.require(index <= list.size(), at + " is past the end");
            list.insert(index, value);
        } else {
            throw new UnknownFeature(at + " has no parent");
        }
    }

    private static void remove(JsonNode parent, String last) {
        if (parent instanceof ObjectNode fields) {
            fields.remove(last);
        } else {
            ((ArrayNode) parent).remove(Integer.parseInt(last));
        }
    }
}
