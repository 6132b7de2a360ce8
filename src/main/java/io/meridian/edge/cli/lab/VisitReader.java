package io.meridian.edge.cli.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meridian.edge.adapter.http.wire.DecisionRequestReader;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.StrictJson;
import io.meridian.edge.adapter.redis.MemoryProfileStore.Impression;
import io.meridian.edge.adapter.redis.ProfileValues;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.Nearest;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.profile.AttributeContract;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a visit as JSON: {@code {"request": …, "profile": {…}, "storedConsent": {"given": […], "explicit": […], "refused": […],
 * "updatedAt": "…"}, "impressions": [{"offer": …, "placement": …, "at": "…"}], "at": "…", "region": "…"}}. The request is the body of
 * {@code POST /v1/decide}; everything else may be missing.
 */
public final class VisitReader {
    /** The largest visit, in bytes. */
    public static final int MAX_BYTES = 256 * 1024;

    /** The most impressions of one visit. */
    public static final int MAX_IMPRESSIONS = 4096;

    private static final List<String> FIELDS =
            List.of("request", "profile", "storedConsent", "impressions", "at", "region");

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(StrictJson.MAX_DEPTH)
                        .build());
    }

    private final List<AttributeContract> contracts;
    private final long at;

    /**
     * @param contracts a value of the profile has to be as one of these has it
     * @param at when visits are that do not say so, epoch milliseconds
     */
    public VisitReader(List<AttributeContract> contracts, long at) {
        this.contracts = List.copyOf(contracts);
        this.at = at;
    }

    /** A visit in one object. Throws {@link BadVisit}. */
    public Visit read(byte[] json) throws BadVisit {
        JsonNode root = tree(json);
        JsonNode request = root.get("request");
        if (request == null) {
            throw new BadVisit("/request: is missing: the body of POST /v1/decide");
        }
        return visit(request, root);
    }

    /**
     * A visit in two: the body of a request alone, or a visit, and a document with what is known of the visitor, which wins.
     *
     * @param facts as a visit without its request; null if nothing is known
     */
    public Visit read(byte[] request, byte @Nullable [] facts) throws BadVisit {
        JsonNode asked = tree(request);
        boolean whole = asked.has("request");
        JsonNode known = facts != null ? tree(facts) : whole ? asked : MAPPER.createObjectNode();
        return visit(whole ? asked.get("request") : asked, known);
    }

    private Visit visit(JsonNode request, JsonNode facts) throws BadVisit {
        for (String field : (Iterable<String>) facts::fieldNames) {
            if (!FIELDS.contains(field)) {
                throw new BadVisit("/" + field + ": is not known here; " + Nearest.advice(field, FIELDS));
            }
        }
        return new Visit(
                request(request),
                profile(facts.get("profile")),
                stored(facts.get("storedConsent")),
                impressions(facts.get("impressions")),
                facts.has("at") ? time(facts.get("at"), "/at") : at,
                facts.has("region") ? text(facts.get("region"), "/region") : null);
    }

    private static JsonNode tree(byte[] json) throws BadVisit {
        if (json.length > MAX_BYTES) {
            throw new BadVisit("is larger than " + MAX_BYTES + " bytes");
        }
        try {
            JsonNode root = MAPPER.readTree(json);
            if (root == null || !root.isObject()) {
                throw new BadVisit("must be a JSON object");
            }
            return root;
        } catch (JsonProcessingException e) {
            // The parser's own words quote what it met, which may be of a visitor.
            throw new BadVisit("is not JSON: line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new BadVisit("cannot be read: " + e.getMessage());
        }
    }

    private static DecisionRequest request(JsonNode request) throws BadVisit {
        try {
            return DecisionRequestReader.read(MAPPER.writeValueAsBytes(request));
        } catch (ProblemException e) {
            String pointer = e.problem().pointer();
            throw new BadVisit("/request" + (pointer == null ? "" : pointer) + ": "
                    + e.problem().detail());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Map<String, Object> profile(@Nullable JsonNode node) throws BadVisit {
        Map<String, Object> values = new HashMap<>();
        if (node == null) {
            return values;
        }
        need(node.isObject(), "/profile", "must be an object");
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Object value = value(entry.getValue(), "/profile/" + entry.getKey());
            values.put(entry.getKey(), value);
            check(Map.of(entry.getKey(), value));
        }
        return values;
    }

    private void check(Map<String, Object> value) throws BadVisit {
        List<ProfileValues.Problem> problems = contracts.stream()
                .map(contract -> ProfileValues.check(contract, value))
                .min(Comparator.comparingInt(List::size))
                .orElse(List.of());
        if (!problems.isEmpty()) {
            throw new BadVisit("/profile" + problems.get(0).pointer() + ": "
                    + problems.get(0).problem());
        }
    }

    private static Object value(JsonNode node, String pointer) throws BadVisit {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber()) {
            need(node.canConvertToLong(), pointer, "is too large");
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isTextual()) {
            return node.textValue();
        }
        need(node.isArray(), pointer, "must be a value or a list of strings");
        List<String> list = new ArrayList<>();
        for (JsonNode element : node) {
            list.add(text(element, pointer));
        }
        return List.copyOf(list);
    }

    private @Nullable StoredConsent stored(@Nullable JsonNode node) throws BadVisit {
        if (node == null || node.isNull()) {
            return null;
        }
        need(node.isObject(), "/storedConsent", "must be an object");
        List<String> known = List.of("given", "explicit", "refused", "updatedAt", "erased");
        for (String field : (Iterable<String>) node::fieldNames) {
            need(
                    known.contains(field),
                    "/storedConsent/" + field,
                    "is not known here; " + Nearest.advice(field, known));
        }
        long updated = node.has("updatedAt") ? time(node.get("updatedAt"), "/storedConsent/updatedAt") : at;
        if (node.path("erased").booleanValue()) {
            return StoredConsent.tombstone(updated);
        }
        int explicit = purposes(node, "explicit");
        return new StoredConsent(
                purposes(node, "given") | explicit, explicit, purposes(node, "refused"), updated, false);
    }

    private static int purposes(JsonNode consent, String field) throws BadVisit {
        int mask = 0;
        for (JsonNode name : consent.path(field)) {
            String pointer = "/storedConsent/" + field;
            List<String> all = Stream.of(Purpose.values()).map(Purpose::name).toList();
            String text = text(name, pointer);
            need(all.contains(text), pointer, "there is no such purpose; " + Nearest.advice(text, all));
            mask |= Purpose.valueOf(text).bit();
        }
        return mask;
    }

    private static List<Impression> impressions(@Nullable JsonNode node) throws BadVisit {
        List<Impression> impressions = new ArrayList<>();
        if (node == null) {
            return impressions;
        }
        need(node.isArray(), "/impressions", "must be a list");
        need(node.size() <= MAX_IMPRESSIONS, "/impressions", "at most " + MAX_IMPRESSIONS);
        for (JsonNode one : node) {
            impressions.add(new Impression(
                    text(one.path("offer"), "/impressions/offer"),
                    text(one.path("placement"), "/impressions/placement"),
                    (int) (time(one.path("at"), "/impressions/at") / 1000)));
        }
        impressions.sort(Comparator.comparingInt(Impression::epochSecond));
        return impressions;
    }

    private static String text(JsonNode node, String pointer) throws BadVisit {
        need(node.isTextual(), pointer, "must be a string");
        return node.textValue();
    }

    private static long time(JsonNode node, String pointer) throws BadVisit {
        Long time = time(text(node, pointer));
        if (time == null) {
            throw new BadVisit(pointer + ": a time is written as in RFC 3339, for example 2026-03-01T12:00:00Z");
        }
        return time;
    }

    /** Epoch milliseconds; null if it is no time with an offset. */
    public static @Nullable Long time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** As {@link #time(String)} reads it. */
    static String written(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }

    private static void need(boolean condition, String pointer, String otherwise) throws BadVisit {
        if (!condition) {
            throw new BadVisit(pointer + ": " + otherwise);
        }
    }
}
