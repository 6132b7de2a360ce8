package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** {@code images}: the image of that name becomes {@code newName}, and {@code newTag} or {@code digest}. */
final class Images {
    private Images() {}

    static void set(List<ObjectNode> objects, JsonNode image) {
        Shape.onlyFields(image, Set.of("name", "newName", "newTag", "digest"), "images");
        String name = Shape.text(image.path("name"), "images.name");
        Shape.require(image.has("newTag") != image.has("digest"), "images: " + name + " takes newTag or digest");
        String wanted = image.path("newName").asText(name)
                + (image.has("newTag")
                        ? ":" + Shape.text(image.path("newTag"), "images.newTag")
                        : "@" + Shape.text(image.path("digest"), "images.digest"));
        for (ObjectNode object : objects) {
            JsonNode pod = PodTemplates.of(object).path("spec");
            for (String containers : List.of("initContainers", "containers")) {
                for (JsonNode container : pod.path(containers)) {
                    if (container.path("image").asText().equals(name)) {
                        ((ObjectNode) container).put("image", wanted);
                    }
                }
            }
        }
    }
}
