package io.meridian.edge.adapter.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.adapter.config.YamlNode.Entry;
import io.meridian.edge.adapter.config.YamlNode.Mapping;
import io.meridian.edge.adapter.config.YamlNode.Scalar;
import io.meridian.edge.adapter.config.YamlNode.Sequence;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Content as people write it in YAML, encoded as the JSON that goes out. Keys keep their order. */
final class Json {
    /** The largest JSON object of one variant, in bytes. */
    static final int MAX_BYTES = 16 * 1024;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    /** The mapping as JSON; null if it is missing or, with a problem, if it is no mapping or too large. */
    static byte @Nullable [] object(@Nullable YamlNode node, Problems problems) {
        return merged(null, node, problems);
    }

    /** The mapping laid over another, key by key; null likewise. */
    static byte @Nullable [] merged(@Nullable YamlNode base, @Nullable YamlNode over, Problems problems) {
        if (over == null) {
            return null;
        }
        if (!(over instanceof Mapping mapping)) {
            problems.add(over.where(), "wrong-type", "this is " + over.kind(), "write a mapping (key: value)");
            return null;
        }
        ObjectNode object = base instanceof Mapping under ? object(under) : NODES.objectNode();
        object.setAll(object(mapping));
        byte[] json = encode(object);
        if (json.length > MAX_BYTES) {
            problems.add(
                    over.where(), "too-large", "this content takes " + json.length + " bytes", "at most " + MAX_BYTES + " are sent");
            return null;
        }
        return json;
    }

    private static byte[] encode(ObjectNode object) {
        try {
            return MAPPER.writeValueAsBytes(object);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ObjectNode object(Mapping mapping) {
        ObjectNode object = NODES.objectNode();
        for (Entry entry : mapping.entries()) {
            object.set(entry.key(), json(entry.value()));
        }
        return object;
    }

    private static JsonNode json(YamlNode node) {
        if (node instanceof Mapping mapping) {
            return object(mapping);
        }
        if (node instanceof Sequence sequence) {
            ArrayNode array = NODES.arrayNode();
            sequence.items().forEach(item -> array.add(json(item)));
            return array;
        }
        Scalar scalar = (Scalar) Objects.requireNonNull(node);
        String text = scalar.text();
        return switch (scalar.type()) {
            case NULL -> NODES.nullNode();
            case BOOL -> NODES.booleanNode(text.toLowerCase(Locale.ROOT).equals("true"));
            case INT -> NODES.numberNode(Long.parseLong(text));
            case FLOAT -> finite(Double.parseDouble(text), text);
            case STRING -> NODES.textNode(text);
        };
    }

    /** JSON has no infinity: 1e999 stays text. */
    private static JsonNode finite(double value, String text) {
        return Double.isFinite(value) ? NODES.numberNode(value) : NODES.textNode(text);
    }
}
