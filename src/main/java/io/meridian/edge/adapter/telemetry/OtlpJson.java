package io.meridian.edge.adapter.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Degradation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Spans as {@code ExportTraceServiceRequest} in the JSON form of OTLP: ids in hexadecimal, 64-bit numbers as strings. */
final class OtlpJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Decision.Stage[] STAGES = Decision.Stage.values();
    private static final int SERVER = 2;
    private static final int INTERNAL = 1;
    private static final int ERROR = 2;

    private final String service;
    private final String version;
    private final String region;

    OtlpJson(String service, String version, String region) {
        this.service = service;
        this.version = version;
        this.region = region;
    }

    byte[] write(List<RequestSpan> spans) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("resourceSpans");
            json.writeStartObject();
            json.writeObjectFieldStart("resource");
            json.writeArrayFieldStart("attributes");
            text(json, "service.name", service);
            text(json, "service.version", version);
            text(json, "meridian.region", region);
            json.writeEndArray();
            json.writeEndObject();
            json.writeArrayFieldStart("scopeSpans");
            json.writeStartObject();
            json.writeObjectFieldStart("scope");
            json.writeStringField("name", "io.meridian.edge");
            json.writeEndObject();
            json.writeArrayFieldStart("spans");
            for (RequestSpan span : spans) {
                writeRequest(json, span);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("an array takes whatever is written", e);
        }
        return bytes.toByteArray();
    }

    private static void writeRequest(JsonGenerator json, RequestSpan span) throws IOException {
        begin(json, span, span.spanId, span.parentId, span.method + " " + span.route, SERVER, span.began, span.ended);
        json.writeArrayFieldStart("attributes");
        text(json, "http.request.method", span.method);
        text(json, "http.route", span.route);
        number(json, "http.response.status_code", span.status);
        if (!span.decisions.isEmpty()) {
            writeDecisions(json, span.decisions);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("status");
        if (span.status >= 500) {
            json.writeNumberField("code", ERROR);
        }
        json.writeEndObject();
        json.writeEndObject();
        for (RequestSpan.Made made : span.decisions) {
            writeStages(json, span, made);
        }
    }

    private static void writeDecisions(JsonGenerator json, List<RequestSpan.Made> decisions) throws IOException {
        Decision first = decisions.get(0).decision();
        number(json, "meridian.bundle.revision", first.revision());
        text(json, "meridian.market", first.market());
        text(json, "meridian.jurisdiction", first.privacy().jurisdiction());
        List<String> placements = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        int degraded = 0;
        for (RequestSpan.Made made : decisions) {
            degraded |= made.decision().degraded();
            for (Decision.PlacementDecision placement : made.decision().placements()) {
                placements.add(placement.placement());
                reasons.add(placement.reason().name());
            }
        }
        texts(json, "meridian.placements", placements);
        texts(json, "meridian.reasons", reasons);
        List<String> codes = new ArrayList<>();
        for (Degradation code : Degradation.values()) {
            if (code.in(degraded)) {
                codes.add(code.name());
            }
        }
        texts(json, "meridian.degraded", codes);
    }

    /** One after the other, as they are gone through; what lies between them is told by the request's own span. */
    private static void writeStages(JsonGenerator json, RequestSpan span, RequestSpan.Made made) throws IOException {
        long[] spent = made.decision().stages();
        long from = made.asked();
        for (Decision.Stage stage : STAGES) {
            long nanos = spent[stage.ordinal()];
            if (nanos > 0) {
                String name = stage.name().toLowerCase(Locale.ROOT);
                begin(json, span, newSpanId(), span.spanId, name, INTERNAL, from, from + nanos);
                json.writeEndObject();
                from += nanos;
            }
        }
    }

    private static void begin(
            JsonGenerator json,
            RequestSpan span,
            String id,
            @Nullable String parent,
            String name,
            int kind,
            long from,
            long to)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("traceId", span.traceId);
        json.writeStringField("spanId", id);
        if (parent != null) {
            json.writeStringField("parentSpanId", parent);
        }
        json.writeStringField("name", name);
        json.writeNumberField("kind", kind);
        json.writeStringField("startTimeUnixNano", Long.toString(from + span.epochOffset));
        json.writeStringField("endTimeUnixNano", Long.toString(to + span.epochOffset));
    }

    private static void text(JsonGenerator json, String key, String value) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key);
        json.writeObjectFieldStart("value");
        json.writeStringField("stringValue", value);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String key, long value) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key);
        json.writeObjectFieldStart("value");
        json.writeStringField("intValue", Long.toString(value));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String key, List<String> values) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key);
        json.writeObjectFieldStart("value");
        json.writeObjectFieldStart("arrayValue");
        json.writeArrayFieldStart("values");
        for (String value : values) {
            json.writeStartObject();
            json.writeStringField("stringValue", value);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** 16 hexadecimal digits, not all zero. */
    static String newSpanId() {
        return hex(ThreadLocalRandom.current().nextLong() | 1);
    }

    /** 32 hexadecimal digits, not all zero. */
    static String newTraceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return hex(random.nextLong()) + hex(random.nextLong() | 1);
    }

    private static String hex(long value) {
        StringBuilder digits = new StringBuilder(16);
        for (int shift = 60; shift >= 0; shift -= 4) {
            digits.append(Character.forDigit((int) (value >>> shift) & 15, 16));
        }
        return digits.toString();
    }
}
