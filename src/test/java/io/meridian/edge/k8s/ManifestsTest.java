package io.meridian.edge.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every overlay, rendered, as strictly as the API server would take it and more. */
class ManifestsTest {
    /** The service's own drain ends well within so many seconds after the signal. */
    private static final int DRAIN_SECONDS = 30;

    @TempDir
    private static Path temporary;

    static List<Region> regions() {
        return Region.allAndSwitched(temporary);
    }

    @Test
    void everyRegionOfTheConfigurationHasAnOverlay() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("edge-config/regions"))) {
            Set<String> configured = files.map(
                            file -> file.getFileName().toString().replace(".yaml", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(configured, regions().stream().map(Region::id).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void everyComponentIsRenderedHere() throws IOException {
        Set<String> addresses = new TreeSet<>();
        for (Region region : regions()) {
            addresses.add(region.config().path("MERIDIAN_REDIS_URL").asText());
        }
        try (Stream<Path> folders = Files.list(Region.K8S.resolve("components"))) {
            assertEquals(folders.count(), addresses.size(), addresses::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("regions")
    void everyObjectIsOfItsType(Region region) {
        List<String> problems = new ArrayList<>();
        region.objects().forEach(object -> problems.addAll(ApiTypes.problems(object)));
        assertEquals(List.of(), problems);
    }

    @ParameterizedTest
    @MethodSource("regions")
    void namesAndLabelsAreAsKubernetesAllows(Region region) {
        List<String> problems = new ArrayList<>();
        region.objects().forEach(object -> Names.check(object, problems));
        assertEquals(List.of(), problems);
    }

    @ParameterizedTest
    @MethodSource("regions")
    void everythingFitsTogether(Region region) {
        assertEquals(List.of(), Wiring.problems(region));
    }

    @ParameterizedTest
    @MethodSource("regions")
    void podsAreRestricted(Region region) {
        List<String> problems = new ArrayList<>();
        region.workloads().forEach(workload -> problems.addAll(Hardening.problems(workload)));
        assertEquals(List.of(), problems);
        ObjectNode namespace = region.one("Namespace", "meridian-" + region);
        assertEquals(
                "restricted", Selector.labels(namespace).get("pod-security.kubernetes.io/enforce"), "of the namespace");
    }

    @ParameterizedTest
    @MethodSource("regions")
    void allIsInTheNamespaceOfTheRegionAndSaysWhichItIs(Region region) {
        for (ObjectNode object : region.objects()) {
            String id = Resources.id(object);
            assertEquals(region.id(), Selector.labels(object).get("meridian.io/region"), id);
            if (!"Namespace".equals(Resources.kind(object))) {
                assertEquals(
                        "meridian-" + region,
                        object.path("metadata").path("namespace").asText(),
                        id);
            }
        }
    }

    /** A spread of pods bounds only how uneven it is; that no two share a machine takes a machine for each. */
    @ParameterizedTest
    @MethodSource("regions")
    void noTwoOfARedisAreOnOneMachine(Region region) {
        for (JsonNode workload : region.kind("StatefulSet")) {
            int replicas = workload.path("spec").path("replicas").asInt();
            boolean apart = replicas == 1;
            for (JsonNode spread : PodTemplates.of(workload).path("spec").path("topologySpreadConstraints")) {
                apart |= "kubernetes.io/hostname"
                                .equals(spread.path("topologyKey").asText())
                        && "DoNotSchedule"
                                .equals(spread.path("whenUnsatisfiable").asText())
                        && spread.path("maxSkew").asInt() == 1
                        && spread.path("minDomains").asInt() >= replicas;
            }
            assertTrue(apart, Resources.id(workload));
        }
    }

    @ParameterizedTest
    @MethodSource("regions")
    void thereIsTimeToDrain(Region region) {
        JsonNode pod = region.one("Deployment", "meridian")
                .path("spec")
                .path("template")
                .path("spec");
        int sleep = region.service()
                .path("lifecycle")
                .path("preStop")
                .path("sleep")
                .path("seconds")
                .asInt();
        assertTrue(sleep > 0);
        assertTrue(pod.path("terminationGracePeriodSeconds").asInt() >= sleep + DRAIN_SECONDS);
    }
}
