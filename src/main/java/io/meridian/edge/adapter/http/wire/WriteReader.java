package io.meridian.edge.adapter.http.wire;

import io.meridian.edge.core.IngestPipeline.Circumstances;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.Purpose;
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

    /** All values of a profile, and what is known of the write. */
    public record WholeProfile(Map<String, Object> values, Circumstances circumstances) {}

    /** Some values of a profile, null for those to be removed, and what is known of the write. */
    public record ProfileChange(Map<String, @Nullable Object> values, Circumstances circumstances) {}

    /**
     * What a subject said of consent. Masks of purposes.
     *
     * @param at epoch milliseconds, 0 if it was not said
     */
    public record ConsentBody(int given, int explicit, int refused, long at, Circumstances circumstances) {}

    private WriteReader() {}

    /** The body of {@code PUT} of a profile. */
    public static WholeProfile wholeProfile(byte[] body) {
        Map<String, Object> values = new HashMap<>();
        return new WholeProfile(values, profile(body, (json, name) -> values.put(name, value(json))));
    }

    /** The body of {@code PATCH} of a profile. */
    public static ProfileChange profileChange(byte[] body) {
        Map<String, @Nullable Object> values = new HashMap<>();
        return new ProfileChange(
                values, profile(body, (json, name) -> values.put(name, json.isNull() ? null : value(json))));
    }

    /** Takes the value a field of a profile has. */
    private interface ValueSink {
        void take(StrictJson json, String name);
    }

    private static Circumstances profile(byte[] body, ValueSink sink) {
        try (StrictJson json = open(body)) {
            boolean hasProfile = false;
            String country = null;
            String subdivision = null;
            String homeRegion = null;
            ConsentInput consent = ConsentInput.NONE;
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                switch (field) {
                    case "profile" -> {
                        values(json, sink);
                        hasProfile = true;
                    }
                    case "country" -> country = RequestFields.country(json);
                    case "subdivision" -> subdivision = RequestFields.subdivision(json);
                    case "homeRegion" -> homeRegion = json.text(RequestFields.MAX_ID);
                    case "consent" -> consent = RequestFields.consent(json);
                    default -> throw json.unknownField("profile, country, subdivision, homeRegion, consent");
                }
            }
            json.end();
            if (!hasProfile) {
                throw json.missing("", "profile");
            }
            return new Circumstances(null, country, subdivision, consent, homeRegion);
        }
    }

    /** The body of {@code PUT …/consent}. One that says nothing is no statement: it would undo a refusal. */
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
                    case "at" -> at = RequestFields.time(json);
                    case "country" -> country = RequestFields.country(json);
                    case "subdivision" -> subdivision = RequestFields.subdivision(json);
                    case "homeRegion" -> homeRegion = json.text(RequestFields.MAX_ID);
                    default ->
                        throw json.unknownField("given, explicit, refused, at, country, subdivision, homeRegion");
                }
            }
            json.end();
            if ((given | explicit | refused) == 0) {
                throw new ProblemException(Problem.at(
                        ProblemType.MISSING_FIELD,
                        "",
                        "at least one purpose has to be given or refused; to withdraw, list it in \"refused\""));
            }
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

    private static void values(StrictJson json, ValueSink sink) {
        json.beginObject();
        int count = 0;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            if (count++ == MAX_ATTRIBUTES) {
                throw json.outOfBounds("at most " + MAX_ATTRIBUTES + " values");
            }
            sink.take(json, field);
        }
    }

    private static Object value(StrictJson json) {
        return json.attribute(RequestFields.MAX_TEXT, MAX_LIST);
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
}
