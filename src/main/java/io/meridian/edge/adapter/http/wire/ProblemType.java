package io.meridian.edge.adapter.http.wire;

import java.util.Locale;

/**
 * Every kind of problem a caller can be told, after RFC 9457. The name makes the stable {@code type}:
 * {@code urn:meridian:problem:<name in lower case with hyphens>}.
 */
public enum ProblemType {
    MALFORMED_JSON(400, "The body is not well-formed JSON"),
    DUPLICATE_KEY(400, "A field is there twice"),
    UNKNOWN_FIELD(400, "A field is not known"),
    MISSING_FIELD(400, "A field is missing"),
    WRONG_TYPE(400, "A value has the wrong type"),
    OUT_OF_BOUNDS(400, "A value is outside its bounds"),
    INVALID_VALUE(400, "A value is not one of those that are possible"),
    TOO_DEEP(400, "The body is nested too deep"),
    UNKNOWN_PARAMETER(400, "A query parameter is not known"),
    INVALID_PARAMETER(400, "A query parameter or header has an impossible value"),
    UNKNOWN_MARKET(400, "The market does not exist"),
    UNKNOWN_NAMESPACE(400, "The namespace does not exist"),
    UNKNOWN_REGION(400, "The region does not exist"),
    UNKNOWN_ATTRIBUTE(400, "The attribute is not declared"),
    UNAUTHENTICATED(401, "An API key is needed"),
    FORBIDDEN(403, "The API key does not have the role this takes"),
    NOT_PERMITTED(403, "Consent or law does not permit it"),
    NOT_FOUND(404, "There is nothing here"),
    UNKNOWN_PLACEMENT(404, "The placement does not exist"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "No acceptable media type is available"),
    ERASED(409, "The subject was erased"),
    OUTDATED(409, "A later statement is stored"),
    DAMAGED_PROFILE(409, "The stored profile cannot be understood"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
    MISDIRECTED(421, "The subject's home is another region"),
    REQUEST_REFUSED(400, "The request cannot be served"),
    INTERNAL(500, "Something went wrong in the service"),
    NOT_READY(503, "No bundle is active yet"),
    STORE_UNAVAILABLE(503, "The profile store does not answer");

    private static final String PREFIX = "urn:meridian:problem:";

    private final int status;
    private final String title;
    private final String uri;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
        this.uri = PREFIX + slug();
    }

    /** The HTTP status it is answered with. */
    public int status() {
        return status;
    }

    /** What it is in general, for people. */
    public String title() {
        return title;
    }

    /** The stable {@code type}. */
    public String uri() {
        return uri;
    }

    /** The last part of the {@link #uri()}, also the value of the metric's tag. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
