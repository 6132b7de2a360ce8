package io.meridian.edge.cli.lab.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads what an item shows. */
final class Contents {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Contents() {}

    /** A text by name, null if there is none. */
    static @Nullable String text(byte[] content, String name) {
        try {
            JsonNode value = MAPPER.readTree(content).get(name);
            return value == null ? null : value.asText();
        } catch (IOException e) {
            throw new IllegalStateException("compiled content is JSON", e);
        }
    }
}
