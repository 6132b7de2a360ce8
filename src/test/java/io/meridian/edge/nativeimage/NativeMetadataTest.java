package io.meridian.edge.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.meridian.edge.cli.Commands;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Whatever is looked up by name has an entry in the native binary's metadata, and every entry is looked up. */
final class NativeMetadataTest {
    /** Their extensions, and picocli's annotation processor, write the metadata of these themselves. */
    private static final Pattern TELL_THEIR_OWN = Pattern.compile(
            "(java|javax|jdk|sun|com\\.sun|picocli|com\\.fasterxml|org\\.jboss|io\\.(quarkus|smallrye|vertx|netty|micrometer)|org\\.slf4j)\\..*");

    private static final Set<String> REFLECTIVE = Set.of(
            "forName",
            "getMethod",
            "getDeclaredMethod",
            "getMethods",
            "getDeclaredMethods",
            "getConstructor",
            "getDeclaredConstructor",
            "getConstructors",
            "getDeclaredConstructors",
            "getField",
            "getDeclaredField",
            "getFields",
            "getDeclaredFields",
            "getRecordComponents",
            "getResource",
            "getResources",
            "getResourceAsStream",
            "newProxyInstance");

    private static Set<Lookup> lookups;

    @BeforeAll
    static void doEverything() throws Exception {
        LookupTrace.Run run = LookupTrace.run(
                Everything.class.getName(),
                caller -> !TELL_THEIR_OWN.matcher(caller).matches());
        assertEquals(0, run.exit(), run.output());
        lookups = run.lookups();
    }

    @Test
    void whateverIsLookedUpIsRegistered() {
        Metadata metadata = Metadata.reflection();
        assertEquals(
                Set.of(),
                lookups.stream()
                        .filter(lookup -> !lookup.isResource() && exists(lookup.type()) && !metadata.finds(lookup))
                        .collect(Collectors.toSet()),
                "looked up by name, but without an entry in reflect-config.json");
    }

    @Test
    void whateverIsRegisteredIsLookedUp() {
        Set<String> idle = new TreeSet<>(Metadata.reflection().types());
        lookups.forEach(lookup -> idle.remove(lookup.type()));
        assertEquals(Set.of(), idle, "entries of reflect-config.json that nothing looks up");
    }

    @Test
    void theResourcesThatAreReadAreIncludedAndNoOthers() throws Exception {
        Set<String> read = lookups.stream()
                .filter(Lookup::isResource)
                .map(Lookup::resource)
                .filter(resource -> Resources.class.getClassLoader().getResource(resource) != null)
                .collect(Collectors.toCollection(TreeSet::new));
        read.add(Resources.adminDocument());
        Set<String> beside = read.stream().filter(Resources::isBesideTheBinary).collect(Collectors.toSet());
        read.removeAll(beside);
        assertEquals(2, beside.size(), "ONNX Runtime's libraries, which the build puts beside the binary: " + beside);
        Set<String> redis =
                read.stream().filter(Resources.demonstrationRedis()::contains).collect(Collectors.toSet());
        assertEquals(1, redis.size(), "the demonstration's Redis: " + read);
        read.removeAll(redis);

        List<Pattern> included = Metadata.resources();
        assertEquals(
                List.of(),
                read.stream()
                        .filter(resource -> included.stream()
                                .noneMatch(one -> one.matcher(resource).matches()))
                        .toList(),
                "read, but not included by resource-config.json");
        assertEquals(
                List.of(),
                included.stream()
                        .filter(one -> read.stream()
                                .noneMatch(path -> one.matcher(path).matches()))
                        .toList(),
                "included by resource-config.json, but not read");
    }

    /** Where something new looks something up, {@link Everything} has to do it, or this test does not see it. */
    @Test
    void noOtherCodeOfOursLooksAnythingUp() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.meridian.edge");
        Set<String> reflective = classes.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(NativeMetadataTest::isReflective)
                .map(call -> call.getOriginOwner().getSimpleName() + "." + call.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                Set.of("AdminDoors.getResourceAsStream", "DiffHtml.getResourceAsStream", "Version.getResourceAsStream"),
                reflective);
    }

    @Test
    void theNativeLibraryFindsItsConstructors() throws Exception {
        Metadata jni = Metadata.jni();
        NativeNames names = NativeNames.ofOnnxRuntime();
        assertEquals(names.classes(), new TreeSet<>(jni.types()), "classes that ONNX Runtime's native code names");
        Set<String> wanted = new TreeSet<>();
        Set<String> told = new TreeSet<>();
        for (String type : names.classes()) {
            names.constructors(type).forEach(parameters -> wanted.add(type + parameters));
            jni.constructors(type).forEach(parameters -> told.add(type + parameters));
        }
        assertEquals(wanted, told, "constructors with a signature that the native code names");
        assertEquals(Set.of(), names.unused(), "signatures that no named class has a constructor for");
    }

    @Test
    void everyCommandIsRegistered() {
        Set<String> missing = new TreeSet<>();
        commands(new CommandLine(new Commands()))
                .map(command -> command.getCommand().getClass().getName())
                .filter(name -> !Metadata.commandLine().types().contains(name))
                .forEach(missing::add);
        assertEquals(Set.of(), missing, "commands that picocli-codegen did not see");
    }

    @Test
    void whatIsInitialisedAtRunTimeExists() {
        for (String argument : Metadata.arguments().split("\\s+")) {
            if (!argument.startsWith("--initialize-at-")) {
                continue;
            }
            for (String name : argument.substring(argument.indexOf('=') + 1).split(",")) {
                assertTrue(exists(name) || Resources.isPackage(name), name + " is no class and no package");
            }
        }
    }

    private static Stream<CommandLine> commands(CommandLine root) {
        return Stream.concat(
                Stream.of(root), root.getSubcommands().values().stream().flatMap(NativeMetadataTest::commands));
    }

    private static boolean isReflective(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        return owner.equals("java.util.ServiceLoader")
                || owner.equals("java.lang.invoke.MethodHandles$Lookup")
                || REFLECTIVE.contains(call.getName())
                        && List.of("java.lang.Class", "java.lang.ClassLoader", "java.lang.reflect.Proxy")
                                .contains(owner);
    }

    /** Arrays exist where their elements do; those of primitives are in every binary. */
    private static boolean exists(String type) {
        try {
            Class.forName(type.replace("[]", ""), false, NativeMetadataTest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
