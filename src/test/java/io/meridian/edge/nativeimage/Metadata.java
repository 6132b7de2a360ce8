package io.meridian.edge.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the native binary is told, as it stands in {@code META-INF/native-image}. */
final class Metadata {
    private static final String OURS = "META-INF/native-image/io.meridian/meridian-edge/";
    private static final String COMMAND_LINE = "META-INF/native-image/picocli-generated/meridian/";

    private final Map<String, JsonNode> entries = new LinkedHashMap<>();

    private Metadata(String file) {
        read(file).forEach(entry -> entries.put(entry.path("name").asText(), entry));
    }

    static Metadata jni() {
        return new Metadata(OURS + "jni-config.json");
    }

    static Metadata reflection() {
        return new Metadata(OURS + "reflect-config.json");
    }

    /** What {@code picocli-codegen} wrote while compiling. */
    static Metadata commandLine() {
        return new Metadata(COMMAND_LINE + "reflect-config.json");
    }

    /** Which resources are included; a path matches as a whole. */
    static List<Pattern> resources() {
        return stream(read(OURS + "resource-config.json").path("resources").path("includes"))
                .map(include -> Pattern.compile(include.path("pattern").asText()))
                .toList();
    }

    /** All that {@code native-image.properties} passes on. */
    static String arguments() {
        try (InputStream in = open(OURS + "native-image.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("Args");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> types() {
        return List.copyOf(entries.keySet());
    }

    /** Whether a native binary finds this as well. */
    boolean finds(Lookup lookup) {
        JsonNode entry = entries.get(lookup.type());
        if (entry == null) {
            return false;
        }
        return switch (lookup.kind()) {
            case "forName", "newInstance" -> true;
            case "getMethod" ->
                all(entry, "allPublicMethods", "queryAllPublicMethods")
                        || method(entry, lookup.name(), lookup.parameters());
            case "getDeclaredMethod" -> method(entry, lookup.name(), lookup.parameters());
            case "getConstructor", "getDeclaredConstructor" -> method(entry, "<init>", lookup.parameters());
            case "getField", "getDeclaredField", "getDeclaredFields" ->
                all(entry, "allDeclaredFields")
                        || stream(entry.path("fields"))
                                .anyMatch(field -> field.path("name").asText().equals(lookup.name()));
            default -> false;
        };
    }

    /** The constructors that the entry of a class names. */
    List<List<String>> constructors(String type) {
        return stream(entries.get(type).path("methods"))
                .map(method -> texts(method.path("parameterTypes")))
                .toList();
    }

    private static boolean method(JsonNode entry, String name, List<String> parameters) {
        return stream(entry.path("methods"))
                .anyMatch(method -> method.path("name").asText().equals(name)
                        && texts(method.path("parameterTypes")).equals(parameters));
    }

    private static boolean all(JsonNode entry, String... flags) {
        return Stream.of(flags).anyMatch(flag -> entry.path(flag).asBoolean());
    }

    private static List<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode read(String file) {
        try (InputStream in = open(file)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    private static InputStream open(String file) {
        return Objects.requireNonNull(Metadata.class.getClassLoader().getResourceAsStream(file), file);
    }
}
