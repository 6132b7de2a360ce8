package io.meridian.edge.app;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.http.access.ApiKeyFile;
import io.meridian.edge.cli.MarkRegionCommand;
import io.meridian.edge.k8s.RenderedService;
import io.meridian.edge.testing.TestCertificates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The manifests in k8s/ give what the service reads, all of it, and nothing else. */
class ManifestStartTest {
    /** What is read beside {@link MeridianConfig}: by {@link Tracing}, and by the framework. */
    private static final Set<String> OTHERS = Set.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_TRACES_SAMPLER_ARG",
            "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
            "QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE");

    /** What StartupChecks asks for outside a demonstration, or the manifests promise beyond it. */
    private static final List<String> NEEDED = List.of(
            "MERIDIAN_REGION",
            "MERIDIAN_REDIS_URL",
            "MERIDIAN_REDIS_PASSWORD_FILE",
            "MERIDIAN_REGION_KEY_FILE",
            "MERIDIAN_API_KEYS_FILE",
            "MERIDIAN_ADMIN_KEYS_FILE",
            "MERIDIAN_TRUST_FILE");

    /** Stands for the root of the container's file system. */
    @TempDir
    private Path root;

    static List<RenderedService> services() {
        return RenderedService.all();
    }

    @BeforeEach
    void makeModels() throws IOException {
        Files.createDirectories(root.resolve("models"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyVariableIsOneThatIsRead(RenderedService service) {
        Set<String> read = new TreeSet<>();
        variables(MeridianConfig.class, "MERIDIAN", read);
        Set<String> unread = new TreeSet<>(service.environment().keySet());
        unread.removeAll(read);
        unread.removeAll(OTHERS);
        assertEquals(Set.of(), unread);
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyPathThatIsNamedIsMounted(RenderedService service) {
        service.environment().forEach((name, value) -> {
            if (value.startsWith("/")) {
                boolean there = service.files().containsKey(value)
                        || service.secretFiles().contains(value)
                        || service.folders().containsKey(value);
                assertTrue(there, name + ": nothing is mounted at " + value);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void everythingMountedIsNamed(RenderedService service) {
        Set<String> named = new TreeSet<>(service.environment().values());
        service.files().keySet().forEach(file -> assertTrue(named.contains(file), file + " is mounted for nobody"));
        service.secretFiles().forEach(file -> assertTrue(named.contains(file), file + " is mounted for nobody"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void theServiceStartsWithThem(RenderedService service) throws IOException {
        Map<String, String> environment = onDisk(service);
        SmallRyeConfig all = assertDoesNotThrow(() -> configuration(environment));
        MeridianConfig config = all.getConfigMapping(MeridianConfig.class);
        assertDoesNotThrow(() -> StartupChecks.check(config, property -> Optional.empty()));
        assertDoesNotThrow(() -> new Tracing(all, config, new SimpleMeterRegistry()).close());
        assertTrue(all.getValue("quarkus.log.console.json.enabled", Boolean.class));
        assertEquals(Optional.of(service.region()), config.region());
        assertTrue(config.source().isPresent() && config.trustFile().isPresent());
        assertTrue(AdminPort.wanted(config));
    }

    @ParameterizedTest
    @MethodSource("services")
    void itWouldNotWithoutAnyOfThem(RenderedService service) throws IOException {
        Map<String, String> environment = onDisk(service);
        for (String name : NEEDED) {
            Map<String, String> without = new TreeMap<>(environment);
            assertTrue(without.remove(name) != null, name + " is not given");
            MeridianConfig config = config(without);
            assertThrows(
                    StartupRefused.class,
                    () -> StartupChecks.check(config, property -> Optional.empty()),
                    "without " + name);
        }
    }

    /** The job takes the service's own settings, in words that the command knows. */
    @ParameterizedTest
    @MethodSource("services")
    void theRegionIsMarkedAsTheServiceReadsIt(RenderedService service) {
        List<String> arguments = service.markArguments();
        assertEquals("mark-region", arguments.get(0));
        CommandLine command = new CommandLine(new MarkRegionCommand());
        CommandLine.ParseResult parsed =
                command.parseArgs(arguments.subList(1, arguments.size()).toArray(String[]::new));
        parsed.matchedOptions().forEach(option -> {
            String value = option.getValue().toString();
            assertTrue(service.environment().containsValue(value), option.longestName() + ": " + value);
        });
        assertEquals(
                service.environment().containsKey("MERIDIAN_REDIS_MASTER"), parsed.hasMatchedOption("--redis-master"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void whatItWritesHasRoom(RenderedService service) throws IOException {
        MeridianConfig config = config(onDisk(service));
        MeridianConfig.DecisionLog log = config.decisionLog();
        long room = service.folders().get(service.environment().get("MERIDIAN_DECISION_LOG_DIRECTORY"));
        assertTrue((log.maxFiles() + 1) * log.maxFileBytes() <= room, "decision records are more than " + room);
    }

    /** The environment with the files it names made below {@link #root}, as operators would make them. */
    private Map<String, String> onDisk(RenderedService service) throws IOException {
        for (Map.Entry<String, String> file : service.files().entrySet()) {
            write(file.getKey(), file.getValue());
        }
        for (String file : service.secretFiles()) {
            write(file, secret(file));
        }
        for (String folder : service.folders().keySet()) {
            Files.createDirectories(below(folder));
        }
        Map<String, String> environment = new TreeMap<>();
        service.environment()
                .forEach((name, value) -> environment.put(
                        name, value.startsWith("/") ? below(value).toString() : value));
        environment.put("MERIDIAN_MODELS", root.resolve("models").toString());
        return environment;
    }

    private String secret(String file) throws IOException {
        SecureRandom random = new SecureRandom();
        return switch (Path.of(file).getFileName().toString()) {
            case "region-key" -> Base64.getEncoder().encodeToString(random.generateSeed(32));
            case "api-keys" ->
                ApiKeyFile.create("edge", List.of("decide"), random).line();
            case "admin-keys" ->
                ApiKeyFile.create("release", List.of("operate"), random).line();
            case "password" -> "a password";
            case "ca.crt" -> certificate();
            default -> throw new IllegalArgumentException("what is in " + file + "?");
        };
    }

    private String certificate() throws IOException {
        Path folder = Files.createDirectories(root.resolve("authority"));
        Path known = folder.resolve("ca.crt");
        if (!Files.exists(known)) {
            new TestCertificates(folder);
        }
        return Files.readString(known);
    }

    private void write(String path, String content) throws IOException {
        Path file = below(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Path below(String path) {
        return root.resolve(path.substring(1));
    }

    private static MeridianConfig config(Map<String, String> environment) {
        return configuration(environment).getConfigMapping(MeridianConfig.class);
    }

    private static SmallRyeConfig configuration(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(MeridianConfig.class)
                .build();
    }

    /** The names of the variables that a mapping reads, by its methods. */
    private static void variables(Class<?> mapping, String prefix, Set<String> names) {
        for (Method method : mapping.getDeclaredMethods()) {
            String name =
                    prefix + "_" + method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
            if (method.getReturnType().getEnclosingClass() == MeridianConfig.class) {
                variables(method.getReturnType(), name, names);
            } else {
                names.add(name);
            }
        }
    }
}
