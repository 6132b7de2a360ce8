package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Renders what {@code kubectl kustomize <folder>} would, as far as {@code k8s/} uses it, without its binary. Anything else is an
 * {@link UnknownFeature}: a manifest is never rendered wrong in silence. {@link KustomizeReferenceTest} compares it with the original.
 */
final class Kustomization {
    private static final String FILE = "kustomization.yaml";
    private static final Set<String> FIELDS = Set.of(
            "apiVersion",
            "kind",
            "namespace",
            "resources",
            "components",
            "labels",
            "configMapGenerator",
            "generatorOptions",
            "images",
            "patches");

    private final Path folder;
    private final ObjectNode file;

    private Kustomization(Path folder) {
        this.folder = folder;
        this.file = ManifestYaml.readOne(folder.resolve(FILE));
        Shape.onlyFields(file, FIELDS, folder.resolve(FILE).toString());
    }

    /** The objects of a folder's kustomization. */
    static List<ObjectNode> build(Path folder) {
        Resources resources = new Resources();
        new Kustomization(folder).accumulate("Kustomization", resources);
        resources.nameGenerated();
        return resources.all();
    }

    /** In kustomize's order: resources, generators, components, then what changes all of these. */
    private void accumulate(String kind, Resources resources) {
        Shape.require(kind.equals(file.path("kind").asText()), folder + "/" + FILE + " is no " + kind);
        for (String entry : texts("resources")) {
            Path path = folder.resolve(entry).normalize();
            if (Files.isDirectory(path)) {
                Resources inner = new Resources();
                new Kustomization(path).accumulate("Kustomization", inner);
                resources.addAll(inner);
            } else {
                ManifestYaml.read(path).forEach(resources::add);
            }
        }
        ConfigMapGenerator generator = new ConfigMapGenerator(folder, file.path("generatorOptions"));
        file.path("configMapGenerator").forEach(entry -> generator.generate(entry, resources));
        for (String entry : texts("components")) {
            new Kustomization(folder.resolve(entry).normalize()).accumulate("Component", resources);
        }
        transform(resources);
    }

    private void transform(Resources resources) {
        for (JsonNode patch : file.path("patches")) {
            Patch.of(patch, folder).apply(resources.all());
        }
        if (file.has("namespace")) {
            Namespaces.set(resources.all(), file.path("namespace").asText());
        }
        file.path("labels").forEach(labels -> Labels.of(labels).apply(resources.all()));
        file.path("images").forEach(image -> Images.set(resources.all(), image));
    }

    private List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        file.path(field).forEach(entry -> texts.add(Shape.text(entry, folder + ": " + field)));
        return texts;
    }
}
