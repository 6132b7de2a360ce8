package io.meridian.edge.adapter.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.meridian.edge.adapter.config.YamlNode.Entry;
import io.meridian.edge.adapter.config.YamlNode.Mapping;
import io.meridian.edge.adapter.config.YamlNode.Scalar;
import io.meridian.edge.adapter.config.YamlNode.Sequence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Content as people write it in YAML, encoded as the JSON that goes out. Keys keep their order. */
final class Json {
    /** The largest JSON object of one variant, in bytes. */
    static final int MAX_BYTES = 16 * 1024;

    private static final JsonFactory FACTORY = new JsonFactory();

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
        byte[] json = encode(base instanceof Mapping under ? lay(mapping, under) : mapping);
        if (json.length > MAX_BYTES) {
            problems.add(
                    over.where(),
                    "too-large",
                    "this content takes " + json.length + " bytes",
                    "at most " + MAX_BYTES + " are sent");
            return null;
        }
        return json;
    }

    private static Mapping lay(Mapping over, Mapping under) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        under.entries().forEach(entry -> entries.put(entry.key(), entry));
        over.entries().forEach(entry -> entries.put(entry.key(), entry));
        return new Mapping(over.where(), List.copyOf(entries.values()));
    }

    private static byte[] encode(Mapping mapping) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            write(mapping, json);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(YamlNode node, JsonGenerator json) throws IOException {
        if (node instanceof Mapping mapping) {
            json.writeStartObject();
            for (Entry entry : mapping.entries()) {
                json.writeFieldName(entry.key());
                write(entry.value(), json);
            }
            json.writeEndObject();
        } else if (node instanceof Sequence sequence) {
            json.writeStartArray();
            for (YamlNode item : sequence.items()) {
                write(item, json);
            }
            json.writeEndArray();
        } else {
            write((Scalar) node, json);
        }
    }

    private static void write(Scalar scalar, JsonGenerator json) throws IOException {
        String text = scalar.text();
        switch (scalar.type()) {
            case NULL -> json.writeNull();
            case BOOL -> json.writeBoolean(text.equalsIgnoreCase("true"));
            case INT -> json.writeNumber(Long.parseLong(text));
            case FLOAT -> {
                double value = Double.parseDouble(text);
                if (Double.isFinite(value)) {
                    json.writeNumber(value);
                } else {
                    json.writeString(text); // JSON has no infinity
                }
            }
            case STRING -> json.writeString(text);
        }
    }
}
