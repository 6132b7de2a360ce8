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
    LENGTH_REQUIRED(411, "The body does not say its length"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
    OVERLOADED(429, "Too much is being asked at once"),
    BAD_ARCHIVE(400, "The body is no archive of a bundle"),
    DIGEST_MISMATCH(400, "A file of the bundle is not the one its manifest names"),
    BAD_SIGNATURE(403, "A signature does not hold"),
    UNKNOWN_SIGNER(403, "A signer is not trusted here"),
    MISSING_AUTHOR(403, "Nobody signed as author"),
    MISSING_APPROVAL(403, "Nobody approved"),
    AUTHOR_IS_APPROVER(403, "Nobody approves their own change"),
    WRONG_ROLE(403, "Those who signed may not change this"),
    LOCKED_KEY(403, "A locked key changes"),
    WRONG_BASE(409, "The bundle was made from something else than what is active"),
    OLD_REVISION(409, "The revision is not new"),
    NOT_YET_VALID(409, "The bundle's time has not come"),
    EXPIRED(409, "The time to activate it is over"),
    BAD_ROLLBACK(409, "The order cannot be carried out"),
    NO_TRUST_POLICY(409, "Nothing signed is taken here"),
    NOT_STAGED(404, "No such bundle waits to be activated"),
    DOES_NOT_COMPILE(422, "The configuration has errors"),
    BUSY(503, "Too much is being looked at already"),
    STILL_WORKING(504, "It takes long and goes on"),
    TRUST_UNREADABLE(503, "The trust policy cannot be read"),
    STATE_UNWRITABLE(503, "What becomes active cannot be kept"),
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

    /** The type a stable code names; {@link #INTERNAL} if there is none. */
    public static ProblemType ofSlug(String slug) {
        for (ProblemType type : values()) {
            if (type.slug().equals(slug)) {
                return type;
            }
        }
        return INTERNAL;
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
