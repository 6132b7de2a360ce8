package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Set;

/** {@code configMapGenerator}: {@code files}, {@code envs} and {@code literals}, new or merged into one that is there. */
final class ConfigMapGenerator {
    private static final Set<String> FIELDS = Set.of("name", "behavior", "files", "envs", "literals", "options");
    private static final Set<String> OPTIONS = Set.of("disableNameSuffixHash", "labels");

    private final Path folder;
    private final JsonNode general;

    ConfigMapGenerator(Path folder, JsonNode general) {
        Shape.onlyFields(general, OPTIONS, folder + ": generatorOptions");
        this.folder = folder;
        this.general = general;
    }

    void generate(JsonNode entry, Resources resources) {
        String where = folder + ": configMapGenerator";
        Shape.onlyFields(entry, FIELDS, where);
        Shape.onlyFields(entry.path("options"), OPTIONS, where);
        String name = Shape.text(entry.path("name"), where + ".name");
        ObjectNode data = data(entry, where);
        ObjectNode present = resources.find("ConfigMap", name);
        switch (entry.path("behavior").asText("create")) {
            case "create" -> create(name, data, entry.path("options"), resources);
            case "merge" -> {
                Shape.require(present != null, where + ": there is no ConfigMap " + name + " to merge into");
                ((ObjectNode) present.path("data")).setAll(data);
            }
            default -> throw new UnknownFeature(where + ".behavior: " + entry.path("behavior"));
        }
    }

    private void create(String name, ObjectNode data, JsonNode options, Resources resources) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.put("apiVersion", "v1").put("kind", "ConfigMap");
        ObjectNode metadata = made.putObject("metadata").put("name", name);
        if (general.has("labels") || options.has("labels")) {
            ObjectNode labels = metadata.putObject("labels");
            general.path("labels").fields().forEachRemaining(label -> labels.set(label.getKey(), label.getValue()));
            options.path("labels").fields().forEachRemaining(label -> labels.set(label.getKey(), label.getValue()));
        }
        made.set("data", data);
        boolean plain = options.path("disableNameSuffixHash")
                .asBoolean(general.path("disableNameSuffixHash").asBoolean(false));
        if (plain) {
            resources.add(made);
        } else {
            resources.addGenerated(made);
        }
    }

    private ObjectNode data(JsonNode entry, String where) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        for (JsonNode file : entry.path("files")) {
            String text = Shape.text(file, where + ".files");
            int equals = text.indexOf('=');
            Path path = folder.resolve(text.substring(equals + 1));
            put(
                    data,
                    equals < 0 ? path.getFileName().toString() : text.substring(0, equals),
                    ManifestYaml.text(path),
                    where);
        }
        for (JsonNode file : entry.path("envs")) {
            ManifestYaml.text(folder.resolve(Shape.text(file, where + ".envs")))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> put(data, line, where));
        }
        for (JsonNode literal : entry.path("literals")) {
            put(data, Shape.text(literal, where + ".literals"), where);
        }
        return data;
    }

    private static void put(ObjectNode data, String line, String where) {
        int equals = line.indexOf('=');
        Shape.require(equals > 0, where + ": '" + line + "' is no KEY=value");
        String value = line.substring(equals + 1);
        Shape.require(
                !value.startsWith("\"") && !value.startsWith("'") && value.equals(value.strip()),
                where + ": '" + line + "' has quotes or spaces around its value");
        put(data, line.substring(0, equals), value, where);
    }

    private static void put(ObjectNode data, String key, String value, String where) {
        Shape.require(!data.has(key), where + ": there are two of " + key);
        data.put(key, value);
    }
}
