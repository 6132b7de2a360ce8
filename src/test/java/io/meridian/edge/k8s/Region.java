package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /**
     * All overlays, and the overlay of a small region with each component that no overlay has, as if its operators had switched.
     *
     * @param temporary a folder to write in
     */
    static List<Region> allAndSwitched(Path temporary) {
        List<Region> regions = new ArrayList<>(all());
        for (String component : List.of("redis-cluster")) {
            Path overlay = switched(temporary, "eu-central", "redis-standalone", component);
            regions.add(new Region("eu-central", Kustomization.build(overlay)));
        }
        return regions;
    }

    /** Another folder for an overlay, in which one component takes another's place. */
    static Path switched(Path temporary, String id, String component, String other) {
        Path overlay = OVERLAYS.resolve(id);
        Path copy = temporary.resolve(id + "-" + other);
        try (Stream<Path> files = Files.list(overlay)) {
            Files.createDirectories(copy);
            for (Path file : files.toList()) {
                String above = copy.toAbsolutePath().relativize(K8S.toAbsolutePath()) + "/";
                String text = ManifestYaml.text(file)
                        .replace("components/" + component, "components/" + other)
                        .replace("../../", above);
                Files.writeString(copy.resolve(file.getFileName()), text);
            }
            return copy;
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
                .filter(object -> PodTemplates.of(object).has("spec"))
                .toList();
    }

    /** The container of the service. */
    JsonNode service() {
        return PodTemplates.of(one("Deployment", "meridian"))
                .path("spec")
                .path("containers")
                .path(0);
    }

    /** What the service is configured with: names of variables and their values. */
    JsonNode config() {
        String name = service()
                .path("envFrom")
                .path(0)
                .path("configMapRef")
                .path("name")
                .asText();
        return one("ConfigMap", name).path("data");
    }

    @Override
    public String toString() {
        return id;
    }
}
