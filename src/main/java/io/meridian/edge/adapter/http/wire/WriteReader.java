package io.meridian.edge.adapter.http.wire;

import io.meridian.edge.core.IngestPipeline.Circumstances;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.Purpose;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of writes: profiles and consent. */
public final class WriteReader {
    /** The largest body. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_ATTRIBUTES = 512;
    private static final int MAX_LIST = 64;

    /** A profile's values, null ones for those to be removed, and what is known of the write. */
    public record ProfileBody(Map<String, @Nullable Object> values, Circumstances circumstances) {}

    /**
     * What a subject said of consent. Masks of purposes.
     *
     * @param at epoch milliseconds, 0 if it was not said
     */
    public record ConsentBody(int given, int explicit, int refused, long at, Circumstances circumstances) {}

    private WriteReader() {}

    /**
     * The body of {@code PUT} and {@code PATCH} of a profile.
     *
     * @param nulls true if null may stand for a value: it removes one
     */
    public static ProfileBody profile(byte[] body, boolean nulls) {
        try (StrictJson json = open(body)) {
            Map<String, @Nullable Object> values = null;
            String country = null;
            String subdivision = null;
            String homeRegion = null;
            ConsentInput consent = ConsentInput.NONE;
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                switch (field) {
                    case "profile" -> values = values(json, nulls);
                    case "country" -> country = RequestFields.country(json);
                    case "subdivision" -> subdivision = RequestFields.subdivision(json);
                    case "homeRegion" -> homeRegion = json.text(RequestFields.MAX_ID);
                    case "consent" -> consent = RequestFields.consent(json);
                    default -> throw json.unknownField("profile, country, subdivision, homeRegion, consent");
                }
            }
            json.end();
            if (values == null) {
                throw json.missing("", "profile");
            }
            return new ProfileBody(values, new Circumstances(null, country, subdivision, consent, homeRegion));
        }
    }

    /** The body of {@code PUT …/consent}. */
    public static ConsentBody consent(byte[] body) {
        try (StrictJson json = open(body)) {
            int given = 0;
            int explicit = 0;
            int refused = 0;
            long at = 0;
            String country = null;
            String subdivision = null;
            String homeRegion = null;
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                switch (field) {
                    case "given" -> given = purposes(json);
                    case "explicit" -> explicit = purposes(json);
                    case "refused" -> refused = purposes(json);
                    case "at" -> at = time(json);
                    case "country" -> country = RequestFields.country(json);
                    case "subdivision" -> subdivision = RequestFields.subdivision(json);
                    case "homeRegion" -> homeRegion = json.text(RequestFields.MAX_ID);
                    default ->
                        throw json.unknownField("given, explicit, refused, at, country, subdivision, homeRegion");
                }
            }
            json.end();
            if (((given | explicit) & refused) != 0) {
                throw new ProblemException(
                        Problem.at(ProblemType.INVALID_VALUE, "/refused", "a purpose is both given and refused"));
            }
            return new ConsentBody(
                    given | explicit,
                    explicit,
                    refused,
                    at,
                    new Circumstances(null, country, subdivision, ConsentInput.NONE, homeRegion));
        }
    }

    private static StrictJson open(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw new ProblemException(
                    Problem.of(ProblemType.BODY_TOO_LARGE, "at most " + MAX_BYTES + " bytes are taken here"));
        }
        StrictJson json = StrictJson.open(body);
        json.beginObject();
        return json;
    }

    private static Map<String, @Nullable Object> values(StrictJson json, boolean nulls) {
        json.beginObject();
        Map<String, @Nullable Object> values = new HashMap<>();
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            if (values.size() == MAX_ATTRIBUTES) {
                throw json.outOfBounds("at most " + MAX_ATTRIBUTES + " values");
            }
            values.put(field, nulls && json.isNull() ? null : json.attribute(RequestFields.MAX_TEXT, MAX_LIST));
        }
        return values;
    }

    private static int purposes(StrictJson json) {
        json.beginArray();
        int mask = 0;
        while (json.nextElement()) {
            mask |= purpose(json).bit();
        }
        return mask;
    }

    private static Purpose purpose(StrictJson json) {
        try {
            return Purpose.valueOf(json.text(RequestFields.MAX_TEXT));
        } catch (IllegalArgumentException e) {
            throw json.invalid("must be one of " + String.join(", ", names()));
        }
    }

    private static List<String> names() {
        return List.of(Purpose.values()).stream().map(Purpose::name).toList();
    }

    private static long time(StrictJson json) {
        try {
            return OffsetDateTime.parse(json.text(RequestFields.MAX_TEXT))
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw json.invalid("a time is written as in RFC 3339, for example 2026-03-01T12:00:00Z");
        }
    }
}
