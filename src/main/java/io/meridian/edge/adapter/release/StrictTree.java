package io.meridian.edge.adapter.release;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.core.release.Refusal.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A small JSON object of which every field is known. Bounded in depth, names and numbers while it is read; refuses duplicate and
 * unknown fields and everything of another type.
 */
final class StrictTree {
    private static final int MAX_DEPTH = 4;

    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(64)
                    .maxNumberLength(20)
                    .maxStringLength(4_096)
                    .build())
            .build();

    private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private final JsonNode object;
    private final String where;
    private final Code code;

    private StrictTree(JsonNode object, String where, Code code) throws ReleaseRefused {
        this.object = object;
        this.where = where;
        this.code = code;
        if (!object.isObject()) {
            throw refused("must be an object");
        }
    }

    /**
     * The one object there is in these bytes.
     *
     * @param what names it in messages
     * @param code of every refusal
     */
    static StrictTree parse(byte[] bytes, String what, Code code) throws ReleaseRefused {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            JsonNode root = MAPPER.readTree(parser);
            if (root == null || parser.nextToken() != null) {
                throw new ReleaseRefused(code, what + ": must be one JSON object");
            }
            return new StrictTree(root, what, code);
        } catch (IOException notJson) {
            throw new ReleaseRefused(code, what + " is not JSON, nested too deep, or has a field twice");
        }
    }

    /** Refuses fields of other names. */
    void only(String... names) throws ReleaseRefused {
        Iterator<String> fields = object.fieldNames();
        while (fields.hasNext()) {
            String field = fields.next();
            if (!List.of(names).contains(field)) {
                throw refused("a field is not known here; known are " + String.join(", ", names));
            }
        }
    }

    JsonNode node(String field) throws ReleaseRefused {
        JsonNode node = object.get(field);
        if (node == null) {
            throw refused("/" + field + " is missing");
        }
        return node;
    }

    String text(String field) throws ReleaseRefused {
        JsonNode node = node(field);
        if (!node.isTextual()) {
            throw refused("/" + field + " must be a string");
        }
        return node.textValue();
    }

    long number(String field, long min, long max) throws ReleaseRefused {
        JsonNode node = node(field);
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < min || node.longValue() > max) {
            throw refused("/" + field + " must be a whole number of " + min + " to " + max);
        }
        return node.longValue();
    }

    /** The object in a field. */
    StrictTree object(String field) throws ReleaseRefused {
        return new StrictTree(node(field), where + " /" + field, code);
    }

    /** The objects of an array. */
    List<StrictTree> objects(String field) throws ReleaseRefused {
        JsonNode node = node(field);
        if (!node.isArray()) {
            throw refused("/" + field + " must be an array");
        }
        List<StrictTree> objects = new ArrayList<>();
        for (JsonNode element : node) {
            objects.add(new StrictTree(element, where + " /" + field + "/" + objects.size(), code));
        }
        return objects;
    }

    ReleaseRefused refused(String detail) {
        return new ReleaseRefused(code, where + ": " + detail);
    }
}
