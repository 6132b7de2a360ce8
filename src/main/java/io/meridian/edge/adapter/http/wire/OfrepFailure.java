package io.meridian.edge.adapter.http.wire;

import org.jspecify.annotations.Nullable;

/**
 * A problem in the form of OpenFeature's remote evaluation protocol: its clients read no other. The HTTP status is the problem's own; 421
 * is not in the protocol, so the home region is told in {@code metadata} and in words.
 */
public final class OfrepFailure {
    /** What all paths of the protocol begin with. */
    public static final String PATHS = "/ofrep/";

    private OfrepFailure() {}

    /** Why an evaluation failed, in OpenFeature's words. */
    public enum ErrorCode {
        PARSE_ERROR,
        TARGETING_KEY_MISSING,
        INVALID_CONTEXT,
        FLAG_NOT_FOUND,
        GENERAL
    }

    /** The body for a problem. {@code key} is null where no single flag is concerned. */
    public static byte[] of(@Nullable String key, Problem problem) {
        String pointer = problem.pointer();
        String where = pointer == null || pointer.isEmpty() ? "" : pointer + ": ";
        String home = problem.homeRegion() == null ? "" : "; it is " + problem.homeRegion();
        return write(key, code(problem.type()), where + problem.detail() + home, problem.homeRegion());
    }

    /** The body for a context that does not say whom to decide for. */
    public static byte[] targetingKeyMissing(@Nullable String key) {
        return write(
                key, ErrorCode.TARGETING_KEY_MISSING, "the context needs a targetingKey: whom to decide for", null);
    }

    private static byte[] write(@Nullable String key, ErrorCode code, String details, @Nullable String homeRegion) {
        JsonBytes json = new JsonBytes(128);
        json.beginObject();
        if (key != null) {
            json.name("key").value(key);
        }
        json.name("errorCode").value(code.name());
        json.name("errorDetails").value(details);
        if (homeRegion != null) {
            json.name("metadata").beginObject();
            json.name("homeRegion").value(homeRegion).endObject();
        }
        return json.endObject().toBytes();
    }

    /** The code of a problem: what the body or the context is to blame for has its own, everything else is general. */
    static ErrorCode code(ProblemType type) {
        return switch (type) {
            case MALFORMED_JSON, DUPLICATE_KEY, TOO_DEEP -> ErrorCode.PARSE_ERROR;
            case UNKNOWN_PLACEMENT -> ErrorCode.FLAG_NOT_FOUND;
            case UNKNOWN_FIELD,
                    MISSING_FIELD,
                    WRONG_TYPE,
                    OUT_OF_BOUNDS,
                    INVALID_VALUE,
                    UNKNOWN_PARAMETER,
                    INVALID_PARAMETER,
                    UNKNOWN_MARKET,
                    UNKNOWN_NAMESPACE,
                    UNKNOWN_REGION,
                    UNKNOWN_ATTRIBUTE -> ErrorCode.INVALID_CONTEXT;
            case UNAUTHENTICATED,
                    FORBIDDEN,
                    NOT_PERMITTED,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    NOT_ACCEPTABLE,
                    ERASED,
                    OUTDATED,
                    DAMAGED_PROFILE,
                    LENGTH_REQUIRED,
                    BODY_TOO_LARGE,
                    UNSUPPORTED_MEDIA_TYPE,
                    OVERLOADED,
                    BAD_ARCHIVE,
                    DIGEST_MISMATCH,
                    BAD_SIGNATURE,
                    UNKNOWN_SIGNER,
                    MISSING_AUTHOR,
                    MISSING_APPROVAL,
                    AUTHOR_IS_APPROVER,
                    WRONG_ROLE,
                    LOCKED_KEY,
                    WRONG_BASE,
                    OLD_REVISION,
                    NOT_YET_VALID,
                    EXPIRED,
                    BAD_ROLLBACK,
                    NO_TRUST_POLICY,
                    NOT_STAGED,
                    DOES_NOT_COMPILE,
                    BUSY,
                    STILL_WORKING,
                    TRUST_UNREADABLE,
                    STATE_UNWRITABLE,
                    MISDIRECTED,
                    REQUEST_REFUSED,
                    INTERNAL,
                    NOT_READY,
                    STORE_UNAVAILABLE -> ErrorCode.GENERAL;
        };
    }
}
