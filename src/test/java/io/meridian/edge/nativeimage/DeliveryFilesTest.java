package io.meridian.edge.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What can be known of the containers and the workflow without building them. */
final class DeliveryFilesTest {
    private static final Path DOCKER = Path.of("src/main/docker");
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (?!--from)(.+) \\S+$");

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void whatAContainerFileCopiesIsThereAfterPackagingAndReachesTheBuild(String name) throws IOException {
        Set<String> ignored = new TreeSet<>();
        List<String> passed = Files.readAllLines(Path.of(".dockerignore"));
        for (String source : sources(name)) {
            assertTrue(
                    source.startsWith("target/") ? built().contains(source) : Files.exists(Path.of(source)),
                    source + " is neither in the project nor built");
            if (passed.stream().noneMatch(line -> line.startsWith("!" + source))) {
                ignored.add(source);
            }
        }
        assertEquals(Set.of(), ignored, "copied, but kept back by .dockerignore");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void aContainerRunsAsANumberedUserOnANamedBase(String name) throws IOException {
        String text = Files.readString(DOCKER.resolve(name));
        List<String> users = matches("(?m)^USER (.*)$", text);
        assertEquals(List.of("10001:10001"), users);
        assertTrue(text.lastIndexOf("USER") > text.lastIndexOf("FROM"), "the last stage is the one that runs");
        List<String> bases = matches("(?m)^ARG BASE=(\\S+)$", text);
        assertFalse(bases.isEmpty());
        for (String base : bases) {
            assertTrue(base.contains("@sha256:") || base.matches(".+/.+:.+"), base + " has no version");
            assertFalse(base.endsWith(":latest"), base);
        }
    }

    @Test
    void theWorkflowIsYamlWithPinnedActionsThatMayOnlyRead() throws IOException {
        String text = Files.readString(Path.of(".github/workflows/build.yml"));
        Map<?, ?> workflow = (Map<?, ?>)
                new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build()).loadFromString(text);
        assertEquals(Map.of("contents", "read"), workflow.get("permissions"));
        List<String> actions = new ArrayList<>();
        for (Object job : ((Map<?, ?>) workflow.get("jobs")).values()) {
            assertTrue(((Map<?, ?>) job).containsKey("timeout-minutes"), job.toString());
            for (Object step : (List<?>) ((Map<?, ?>) job).get("steps")) {
                Object action = ((Map<?, ?>) step).get("uses");
                if (action != null) {
                    actions.add(action.toString());
                }
            }
        }
        assertFalse(actions.isEmpty());
        for (String action : actions) {
            assertTrue(action.matches("[\\w-]+/[\\w-]+@(v\\d+|[0-9a-f]{40})"), action + " is not pinned");
        }
    }

    private static List<String> sources(String name) throws IOException {
        return COPY.matcher(Files.readString(DOCKER.resolve(name)))
                .results()
                .flatMap(match -> Stream.of(match.group(1).split(" ")))
                .filter(source -> !source.startsWith("--"))
                .toList();
    }

    /** What {@code mvn package}, with and without {@code -Dnative}, leaves in target. */
    private static Set<String> built() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        Set<String> built = new TreeSet<>(Set.of("target/quarkus-app"));
        matches("<quarkus\\.package\\.output-name>(.+?)</", pom).forEach(binary -> built.add("target/" + binary));
        for (String library : List.of("onnxruntime", "onnxruntime4j_jni")) {
            String file = "lib" + library + ".so";
            assertTrue(DeliveryFilesTest.class.getResource("/ai/onnxruntime/native/linux-x64/" + file) != null, file);
            built.add("target/" + file);
        }
        return built;
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
