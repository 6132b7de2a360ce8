package io.meridian.edge.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The renderer of these tests against kustomize itself, where a {@code kustomize} or {@code kubectl} is on the PATH. */
class KustomizeReferenceTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path temporary;

    @Test
    void everyOverlayIsRenderedAsKustomizeDoes() throws Exception {
        List<String> kustomize = kustomize();
        Assumptions.assumeFalse(kustomize.isEmpty(), "neither kustomize nor kubectl is on the PATH");
        List<Path> overlays = new ArrayList<>();
        Region.all().forEach(region -> overlays.add(Region.OVERLAYS.resolve(region.id())));
        overlays.add(Region.switched(temporary, "eu-central", "redis-standalone", "redis-cluster"));
        for (Path overlay : overlays) {
            Map<String, JsonNode> wanted = byId(ManifestYaml.parse(run(kustomize, overlay), "kustomize"));
            Map<String, JsonNode> rendered = byId(Kustomization.build(overlay));
            assertEquals(wanted.keySet(), rendered.keySet(), overlay.toString());
            wanted.forEach((id, object) -> assertEquals(object, rendered.get(id), overlay + ": " + id));
        }
    }

    private static List<String> kustomize() {
        if (onPath("kustomize")) {
            return List.of("kustomize", "build");
        }
        return onPath("kubectl") ? List.of("kubectl", "kustomize") : List.of();
    }

    private static boolean onPath(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private String run(List<String> kustomize, Path overlay) throws IOException, InterruptedException {
        Path out = temporary.resolve("out");
        Process process = new ProcessBuilder(kustomize.get(0), kustomize.get(1), overlay.toString())
                .redirectOutput(out.toFile())
                .redirectError(temporary.resolve("errors").toFile())
                .start();
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "kustomize takes too long");
        assertEquals(0, process.exitValue(), () -> ManifestYaml.text(temporary.resolve("errors")));
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    private static Map<String, JsonNode> byId(List<? extends JsonNode> objects) {
        Map<String, JsonNode> byId = new TreeMap<>();
        objects.forEach(object -> byId.put(Resources.id(object), object));
        assertEquals(objects.size(), byId.size());
        return byId;
    }
}
