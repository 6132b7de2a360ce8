package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One region's overlay, rendered.
 *
 * @param id the region's id, which is the folder's name
 */
record Region(String id, List<ObjectNode> objects) {
    static final Path K8S = Path.of("k8s");
    static final Path OVERLAYS = K8S.resolve("overlays");

    /** All overlays, by id. */
    static List<Region> all() {
        try (Stream<Path> folders = Files.list(OVERLAYS)) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(folder -> new Region(folder.getFileName().toString(), Kustomization.build(folder)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects of a kind. */
    List<ObjectNode> kind(String kind) {
        return objects.stream()
                .filter(object -> Resources.kind(object).equals(kind))
                .toList();
    }

    /** The one object of a kind and name. */
    ObjectNode one(String kind, String name) {
        return kind(kind).stream()
                .filter(object -> Resources.name(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " has no " + kind + " " + name));
    }

    /** What runs pods. */
    List<ObjectNode> workloads() {
        return objects.stream()
                .filter(object -> object.path("spec").path("template").has("spec"))
                .toList();
    }

    /** The container of the service. */
    JsonNode service() {
        return one("Deployment", "meridian")
                .path("spec")
                .path("template")
                .path("spec")
                .path("containers")
                .path(0);
    }

    @Override
    public String toString() {
        return id;
    }
}
