package io.meridian.edge.adapter.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.model.ValueType;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.AttributeContract.Attribute;
import io.meridian.edge.core.profile.ProfileRecord;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of a load file:
 * {@code {"ns":"customer","id":"c-1","profile":{…},"consent":{"given":[…],"explicit":[…],"refused":[…],"updatedAt":"…"}}}.
 * {@code consent} and everything in it may be missing.
 */
public final class ProfileLineParser {
    /** What is wrong with a line. Its message repeats nothing of the line but names of fields and attributes. */
    public static final class BadLine extends Exception {
        private static final long serialVersionUID = 1L;

        BadLine(String message) {
            super(message, null, false, false);
        }
    }

    private static final int MAX_DEPTH = 4;
    private static final int MAX_PROBLEMS_SAID = 5;

    private final JsonFactory json = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(64)
                    .build())
            .build();
    private final AttributeContract contract;
    private final long saidAt;

    /** @param saidAt when consents without a time of their own were given, epoch milliseconds */
    public ProfileLineParser(AttributeContract contract, long saidAt) {
        this.contract = contract;
        this.saidAt = saidAt;
    }

    /** The record in these bytes, checked against the contract. */
    public ProfileRecord parse(byte[] line, int from, int length) throws BadLine {
        try (JsonParser parser = json.createParser(line, from, length)) {
            return parse(parser);
        } catch (JsonProcessingException e) {
            // The library's own message quotes the input.
            throw new BadLine(
                    "not the JSON expected, at column " + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new BadLine("not UTF-8");
        }
    }

    private ProfileRecord parse(JsonParser parser) throws IOException, BadLine {
        String namespace = null;
        String id = null;
        Map<String, Object> values = null;
        StoredConsent consent = null;
        expect(parser.nextToken() == JsonToken.START_OBJECT, "must be an object");
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            switch (field) {
                case "ns" -> namespace = text(parser, "ns");
                case "id" -> id = text(parser, "id");
                case "profile" -> values = values(parser);
                case "consent" -> consent = consent(parser);
                default ->
                    throw new BadLine("unknown field, at column "
                            + parser.currentTokenLocation().getColumnNr());
            }
        }
        expect(parser.nextToken() == null, "more than one value on the line");
        if (namespace == null || id == null || values == null) {
            throw new BadLine("needs ns, id and profile");
        }
        String wanted = namespace;
        expect(contract.namespaces().stream().anyMatch(known -> known.name().equals(wanted)), "unknown ns");
        expect(!id.isEmpty() && id.length() <= SubjectId.MAX_LENGTH, "id must have 1 to 256 characters");
        List<ProfileValues.Problem> problems = ProfileValues.check(contract, values);
        if (!problems.isEmpty()) {
            throw new BadLine(problems.stream()
                    .limit(MAX_PROBLEMS_SAID)
                    .map(problem -> "/profile" + problem.pointer() + ": " + problem.problem())
                    .collect(Collectors.joining("; ")));
        }
        return new ProfileRecord(new SubjectId(namespace, id), values, consent);
    }

    private Map<String, Object> values(JsonParser parser) throws IOException, BadLine {
        expect(parser.currentToken() == JsonToken.START_OBJECT, "profile must be an object");
        Map<String, Object> values = new HashMap<>();
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            Attribute attribute = contract.find(field);
            Object value = value(parser, attribute != null && attribute.type() == ValueType.DOUBLE);
            if (value != null) {
                values.put(field, value);
            }
        }
        return values;
    }

    private static @Nullable Object value(JsonParser parser, boolean real) throws IOException, BadLine {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> real ? (Object) parser.getDoubleValue() : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    expect(list.size() <= ProfileValues.MAX_LIST, "a list has more than 64 elements");
                    Object element = value(parser, false);
                    list.add(element == null ? false : element);
                }
                yield list;
            }
            default -> throw new BadLine("values are no objects");
        };
    }

    private StoredConsent consent(JsonParser parser) throws IOException, BadLine {
        expect(parser.currentToken() == JsonToken.START_OBJECT, "consent must be an object");
        int given = 0;
        int explicit = 0;
        int refused = 0;
        long updatedAt = saidAt;
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            switch (field) {
                case "given" -> given = purposes(parser);
                case "explicit" -> explicit = purposes(parser);
                case "refused" -> refused = purposes(parser);
                case "updatedAt" -> updatedAt = instant(text(parser, "consent.updatedAt"));
                default -> throw new BadLine("unknown field in consent");
            }
        }
        return new StoredConsent(given | explicit, explicit, refused, updatedAt, false);
    }

    private static int purposes(JsonParser parser) throws IOException, BadLine {
        expect(parser.currentToken() == JsonToken.START_ARRAY, "purposes must be a list");
        int mask = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            try {
                mask |= Purpose.valueOf(text(parser, "a purpose")).bit();
            } catch (IllegalArgumentException e) {
                throw new BadLine("unknown purpose in consent");
            }
        }
        return mask;
    }

    private static long instant(String text) throws BadLine {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException e) {
            throw new BadLine("consent.updatedAt must be like 2026-01-31T12:00:00Z");
        }
    }

    private static String text(JsonParser parser, String what) throws IOException, BadLine {
        expect(parser.currentToken() == JsonToken.VALUE_STRING, what + " must be a string");
        return parser.getText();
    }

    private static void expect(boolean condition, String otherwise) throws BadLine {
        if (!condition) {
            throw new BadLine(otherwise);
        }
    }
}
