package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** One of {@code patches}: a list of JSON patch operations for a target, or one strategic merge for the object it names. */
record Patch(JsonNode content, Predicate<JsonNode> target, String where) {
    static Patch of(JsonNode entry, Path folder) {
        String where = folder + ": patches";
        Shape.onlyFields(entry, Set.of("target", "patch", "path"), where);
        Shape.require(entry.has("patch") != entry.has("path"), where + " take either patch or path");
        String name = entry.path("path").asText("patch");
        String text = entry.has("path")
                ? ManifestYaml.text(folder.resolve(name))
                : Shape.text(entry.path("patch"), where + ".patch");
        List<JsonNode> documents = ManifestYaml.parse(text, folder + "/" + name);
        Shape.require(documents.size() == 1, where + ": one patch each");
        JsonNode content = documents.get(0);
        Shape.require(content.isObject() || entry.has("target"), where + ": operations need a target");
        Predicate<JsonNode> target = entry.has("target")
                ? target(entry.path("target"), where)
                : object -> Resources.id(object).equals(Resources.id(content))
                        && object.path("apiVersion").equals(content.path("apiVersion"));
        return new Patch(content, target, where + " " + name);
    }

    private static Predicate<JsonNode> target(JsonNode target, String where) {
        Shape.onlyFields(target, Set.of("kind", "name"), where + ".target");
        Pattern kind = Pattern.compile(target.path("kind").asText(".*"));
        Pattern name = Pattern.compile(target.path("name").asText(".*"));
        return object -> kind.matcher(Resources.kind(object)).matches()
                && name.matcher(Resources.name(object)).matches();
    }

    /** Throws {@link UnknownFeature} if there is nothing to change: a patch that does nothing is a mistake. */
    void apply(List<ObjectNode> objects) {
        boolean found = false;
        for (ObjectNode object : objects) {
            if (target.test(object)) {
                found = true;
                if (content.isArray()) {
                    JsonPatch.apply(object, content, where);
                } else {
                    StrategicMerge.merge(object, (ObjectNode) content, where);
                }
            }
        }
        Shape.require(found, where + ": there is nothing it means");
    }
}
