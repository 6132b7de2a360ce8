package io.meridian.edge.adapter.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.model.ValueType;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.AttributeContract.Attribute;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of a load file:
 * {@code {"ns":"customer","id":"c-1","profile":{…},"consent":{"given":[…],"explicit":[…],"refused":[…],"updatedAt":"…"}}}.
 * {@code consent} and everything in it may be missing. Confined to one thread.
 *
 * <p>A value goes straight to its place in the array of its class: its attribute is looked up once.
 */
final class ProfileLineParser {
    /** What is wrong with a line. Its message repeats nothing of the line but names of fields and attributes. */
    static final class BadLine extends Exception {
        private static final long serialVersionUID = 1L;

        BadLine(String message) {
            super(message, null, false, false);
        }
    }

    private static final int MAX_DEPTH = 4;
    private static final int MAX_PROBLEMS_SAID = 5;

    /** Where an attribute is null, which a second value of the same name must not hide. */
    private static final Object NULL = new Object();

    /** The times nearly all lines have: to the second or the millisecond, in UTC. */
    private static final int TO_SECONDS = "2026-01-31T12:00:00Z".length();

    private static final int TO_MILLIS = "2026-01-31T12:00:00.000Z".length();

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(64)
                    .build())
            .build();
    private final AttributeContract contract;
    private final Pseudonymiser pseudonymiser;
    private final Set<String> namespaces = new HashSet<>();
    private final long saidAt;
    private final @Nullable Object[][] slots = new Object[DataClass.count()][];
    private final List<List<@Nullable Object>> positional = new ArrayList<>();
    private final Map<String, Object> unfit = new HashMap<>();
    private final ValueWriter writer = new ValueWriter(ProfileEncoder.USUAL_BYTES);

    /** @param saidAt when consents without a time of their own were given, epoch milliseconds */
    ProfileLineParser(AttributeContract contract, Pseudonymiser pseudonymiser, long saidAt) {
        this.contract = contract;
        this.pseudonymiser = pseudonymiser;
        this.saidAt = saidAt;
        contract.namespaces().forEach(namespace -> namespaces.add(namespace.name()));
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Object[contract.of(DataClass.at(i)).size()];
            positional.add(Arrays.asList(slots[i]));
        }
    }

    /** The profile in these bytes, checked against the contract. */
    EncodedProfile parse(byte[] line, int from, int length) throws BadLine {
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

    private EncodedProfile parse(JsonParser parser) throws IOException, BadLine {
        String namespace = null;
        String id = null;
        boolean profile = false;
        StoredConsent consent = null;
        expect(parser.nextToken() == JsonToken.START_OBJECT, "must be an object");
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            switch (field) {
                case "ns" -> {
                    expect(namespace == null, "ns is there twice");
                    namespace = text(parser, "ns");
                }
                case "id" -> {
                    expect(id == null, "id is there twice");
                    id = text(parser, "id");
                }
                case "profile" -> {
                    expect(!profile, "profile is there twice");
                    profile = true;
                    values(parser);
                }
                case "consent" -> {
                    expect(consent == null, "consent is there twice");
                    consent = consent(parser);
                }
                default ->
                    throw new BadLine("unknown field, at column "
                            + parser.currentTokenLocation().getColumnNr());
            }
        }
        expect(parser.nextToken() == null, "more than one value on the line");
        if (namespace == null || id == null || !profile) {
            throw new BadLine("needs ns, id and profile");
        }
        expect(namespaces.contains(namespace), "unknown ns");
        expect(!id.isEmpty() && id.length() <= SubjectId.MAX_LENGTH, "id must have 1 to 256 characters");
        if (!unfit.isEmpty()) {
            throw new BadLine(ProfileValues.check(contract, unfit).stream()
                    .limit(MAX_PROBLEMS_SAID)
                    .map(problem -> "/profile" + problem.pointer() + ": " + problem.problem())
                    .collect(Collectors.joining("; ")));
        }
        return new EncodedProfile(pseudonymiser.prefix(new SubjectId(namespace, id)), encoded(), consent);
    }

    private byte[][] encoded() {
        byte[][] classes = new byte[slots.length][];
        for (int i = 0; i < slots.length; i++) {
            @Nullable Object[] ofClass = slots[i];
            for (int position = 0; position < ofClass.length; position++) {
                if (ofClass[position] == NULL) {
                    ofClass[position] = null;
                }
            }
            classes[i] = ProfileEncoder.pack(writer, positional.get(i));
        }
        return classes;
    }

    /** Fills {@link #slots} with what fits and {@link #unfit} with what does not. */
    private void values(JsonParser parser) throws IOException, BadLine {
        expect(parser.currentToken() == JsonToken.START_OBJECT, "profile must be an object");
        unfit.clear();
        for (@Nullable Object[] ofClass : slots) {
            Arrays.fill(ofClass, null);
        }
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            Attribute attribute = contract.find(field);
            Object value = value(parser, attribute != null && attribute.type() == ValueType.DOUBLE);
            if (attribute != null) {
                @Nullable Object[] ofClass = slots[attribute.dataClass().ordinal()];
                expect(ofClass[attribute.position()] == null, "an attribute is there twice");
                ofClass[attribute.position()] = value == null ? NULL : value;
            }
            if (value != null && (attribute == null || !ProfileValues.fits(attribute, value))) {
                unfit.put(field, value);
            }
        }
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
        int seen = 0;
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            int which;
            switch (field) {
                case "given" -> {
                    which = 1;
                    given = purposes(parser);
                }
                case "explicit" -> {
                    which = 2;
                    explicit = purposes(parser);
                }
                case "refused" -> {
                    which = 4;
                    refused = purposes(parser);
                }
                case "updatedAt" -> {
                    which = 8;
                    updatedAt = instant(text(parser, "consent.updatedAt"));
                }
                default -> throw new BadLine("unknown field in consent");
            }
            expect((seen & which) == 0, "a field of consent is there twice");
            seen |= which;
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
            long usual = usualInstant(text);
            return usual >= 0 ? usual : Instant.parse(text).toEpochMilli();
        } catch (DateTimeException e) {
            throw new BadLine("consent.updatedAt must be like 2026-01-31T12:00:00Z");
        }
    }

    /** The time if it is written as nearly all are and not before 1970, else -1. */
    private static long usualInstant(String text) {
        int length = text.length();
        if (length != TO_SECONDS && length != TO_MILLIS
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || text.charAt(length - 1) != 'Z'
                || length == TO_MILLIS && text.charAt(19) != '.') {
            return -1;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        int milli = length == TO_MILLIS ? digits(text, 20, 23) : 0;
        boolean usual = year >= 1970 && month >= 0 && day >= 0 && hour >= 0 && hour < 24;
        if (!usual || minute < 0 || minute > 59 || second < 0 || second > 59 || milli < 0) {
            return -1;
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400 + hour * 3600 + minute * 60 + second;
        return seconds * 1000 + milli;
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
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
