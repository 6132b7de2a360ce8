package io.meridian.edge.adapter.http.wire;

import org.jspecify.annotations.Nullable;

/**
 * One problem as told to a caller. Holds no value of the request: values may be personal.
 *
 * @param detail one sentence about this occurrence
 * @param pointer JSON pointer into the body; null if the body is not where the problem is
 * @param parameter the query parameter or header that has it; null if none has
 * @param homeRegion where to go instead, for {@link ProblemType#MISDIRECTED}; null otherwise
 */
public record Problem(
        ProblemType type,
        String detail,
        @Nullable String pointer,
        @Nullable String parameter,
        @Nullable String homeRegion) {

    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem of the request as a whole. */
    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, null, null, null);
    }

    /** A problem of the body at a JSON pointer. */
    public static Problem at(ProblemType type, String pointer, String detail) {
        return new Problem(type, detail, pointer, null, null);
    }

    /** A problem of a query parameter or a header. */
    public static Problem inParameter(ProblemType type, String parameter, String detail) {
        return new Problem(type, detail, null, parameter, null);
    }

    /** The body of the answer. */
    public byte[] json() {
        JsonBytes json = new JsonBytes(256);
        write(json);
        return json.toBytes();
    }

    /** Writes it as a JSON object. */
    void write(JsonBytes json) {
        json.beginObject();
        json.name("type").value(type.uri());
        json.name("title").value(type.title());
        json.name("status").value(type.status());
        json.name("detail").value(detail);
        if (pointer != null) {
            json.name("pointer").value(pointer);
        }
        if (parameter != null) {
            json.name("parameter").value(parameter);
        }
        if (homeRegion != null) {
            json.name("homeRegion").value(homeRegion);
        }
        json.endObject();
    }
}
