package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Manifests as trees. Refuses what YAML 1.1, which Kubernetes reads, and YAML 1.2, which is read here, would take for different values, and
 * what makes a manifest hard to read: duplicate keys, aliases.
 */
final class ManifestYaml {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> WORDS_OF_OLD = Set.of("yes", "no", "on", "off", "y", "n");

    private ManifestYaml() {}

    /** The documents of a file; empty ones are left out. Throws {@link IllegalArgumentException} that names the file. */
    static List<ObjectNode> read(Path file) {
        List<ObjectNode> documents = new ArrayList<>();
        for (JsonNode document : parse(text(file), file.toString())) {
            if (!(document instanceof ObjectNode object)) {
                throw new IllegalArgumentException(file + ": a document is a mapping, not " + document.getNodeType());
            }
            documents.add(object);
        }
        return documents;
    }

    /** The one document of a file. */
    static ObjectNode readOne(Path file) {
        List<ObjectNode> documents = read(file);
        if (documents.size() != 1) {
            throw new IllegalArgumentException(file + ": has " + documents.size() + " documents, not one");
        }
        return documents.get(0);
    }

    /** The documents of a text. */
    static List<JsonNode> parse(String text, String name) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(false)
                .build();
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof AliasEvent alias) {
                throw new IllegalArgumentException(name + ": write out what *" + alias.getAlias() + " stands for");
            }
            if (event instanceof ScalarEvent scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN) {
                requirePlain(scalar.getValue(), name);
            }
        }
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Load(settings).loadAllFromString(text)) {
            if (document != null) {
                documents.add(JSON.valueToTree(document));
            }
        }
        return documents;
    }

    private static void requirePlain(String value, String name) {
        boolean octal =
                value.length() > 1 && value.charAt(0) == '0' && value.chars().allMatch(Character::isDigit);
        boolean sexagesimal = value.matches("[0-9]+(:[0-5]?[0-9])+");
        if (octal || sexagesimal || WORDS_OF_OLD.contains(value.toLowerCase(java.util.Locale.ROOT))) {
            throw new IllegalArgumentException(name + ": put '" + value + "' in quotes, or write a decimal number");
        }
    }

    /** A file's text. Throws {@link IllegalArgumentException} if there is none. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
