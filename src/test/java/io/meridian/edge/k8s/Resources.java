package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The objects gathered so far; no two have the same kind and name. */
final class Resources {
    private static final Set<String> REFERENCES = Set.of("configMapRef", "configMapKeyRef", "configMap");

    private final List<ObjectNode> objects = new ArrayList<>();
    private final Set<ObjectNode> generated = Collections.newSetFromMap(new IdentityHashMap<>());

    List<ObjectNode> all() {
        return objects;
    }

    /** Throws {@link UnknownFeature} if it is no object of Kubernetes or there is such a one. */
    void add(ObjectNode object) {
        Shape.require(
                object.hasNonNull("apiVersion")
                        && object.hasNonNull("kind")
                        && object.path("metadata").hasNonNull("name"),
                "an object has apiVersion, kind and metadata.name: " + object);
        Shape.require(find(kind(object), name(object)) == null, "there are two of " + id(object));
        objects.add(object);
    }

    void addAll(Resources others) {
        others.objects.forEach(this::add);
        generated.addAll(others.generated);
    }

    /** Adds one whose name will end in a hash of its content. */
    void addGenerated(ObjectNode object) {
        add(object);
        generated.add(object);
    }

    /** Null if there is none. */
    ObjectNode find(String kind, String name) {
        return objects.stream()
                .filter(object -> kind(object).equals(kind) && name(object).equals(name))
                .findFirst()
                .orElse(null);
    }

    static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    static String id(JsonNode object) {
        return kind(object) + " " + name(object);
    }

    /** Ends the names of generated objects in a hash, and has all that refer to them follow. */
    void nameGenerated() {
        Map<String, String> renamed = new TreeMap<>();
        for (ObjectNode object : generated) {
            String name = name(object);
            String hashed = name + "-" + NameHash.of(object);
            ((ObjectNode) object.path("metadata")).put("name", hashed);
            renamed.put(name, hashed);
        }
        objects.forEach(object -> follow(object.path("spec"), renamed));
    }

    private static void follow(JsonNode node, Map<String, String> renamed) {
        node.fields().forEachRemaining(field -> {
            if (REFERENCES.contains(field.getKey()) && field.getValue() instanceof ObjectNode reference) {
                String hashed = renamed.get(reference.path("name").asText());
                if (hashed != null) {
                    reference.put("name", hashed);
                }
            }
        });
        node.forEach(child -> follow(child, renamed));
    }
}
