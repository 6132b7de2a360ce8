package io.meridian.edge.adapter.http.ofrep;

import io.meridian.edge.adapter.http.wire.JsonBytes;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Decision.Item;
import io.meridian.edge.core.model.Decision.PlacementDecision;
import org.jspecify.annotations.Nullable;

/** Decisions and problems in OFREP's words. */
final class Evaluations {
    private Evaluations() {}

    /** Why an evaluation failed, in OpenFeature's words. */
    enum ErrorCode {
        PARSE_ERROR,
        TARGETING_KEY_MISSING,
        INVALID_CONTEXT,
        FLAG_NOT_FOUND,
        GENERAL
    }

    /**
     * Writes one evaluation.
     *
     * @param decisionId null to leave it out, where equal answers must look equal
     */
    static void write(JsonBytes json, Decision decision, PlacementDecision placement, @Nullable String decisionId) {
        Item item = placement.items().get(0);
        json.beginObject();
        json.name("key").value(placement.placement());
        json.name("value").raw(item.content());
        json.name("reason").value(reason(placement));
        if (item.offer() != null) {
            json.name("variant").value(item.offer() + "/" + item.variant());
        }
        json.name("metadata").beginObject();
        json.name("reason").value(placement.reason().name());
        json.name("revision").value(Long.toString(decision.revision()));
        json.name("personalised").value(decision.privacy().personalised());
        if (decisionId != null) {
            json.name("decisionId").value(decisionId);
        }
        json.endObject().endObject();
    }

    /** A failure. {@code key} is null for an evaluation of all flags. */
    static byte[] failure(@Nullable String key, ErrorCode code, String details) {
        JsonBytes json = new JsonBytes(128);
        json.beginObject();
        if (key != null) {
            json.name("key").value(key);
        }
        json.name("errorCode").value(code.name());
        json.name("errorDetails").value(details);
        return json.endObject().toBytes();
    }

    /** OpenFeature's resolution reason: what was ranked is targeted, what was drawn is split, what is a default is static. */
    static String reason(PlacementDecision placement) {
        return switch (placement.reason()) {
            case RANKED, SEGMENT, CONTEXTUAL -> placement.drawn() ? "SPLIT" : "TARGETING_MATCH";
            case PLACEMENT_DEFAULT, STATIC -> "STATIC";
        };
    }

    /** The code of a problem. */
    static ErrorCode code(ProblemType type) {
        return switch (type) {
            case MALFORMED_JSON, DUPLICATE_KEY, TOO_DEEP -> ErrorCode.PARSE_ERROR;
            case UNKNOWN_PLACEMENT -> ErrorCode.FLAG_NOT_FOUND;
            case INTERNAL, NOT_READY, STORE_UNAVAILABLE, TOO_MANY_REQUESTS -> ErrorCode.GENERAL;
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
                    UNKNOWN_ATTRIBUTE,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    NOT_PERMITTED,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    NOT_ACCEPTABLE,
                    ERASED,
                    BODY_TOO_LARGE,
                    UNSUPPORTED_MEDIA_TYPE,
                    MISDIRECTED,
                    REQUEST_REFUSED -> ErrorCode.INVALID_CONTEXT;
        };
    }

    /** The status a code goes with: the protocol knows 400, 404 and 5xx. */
    static int status(ProblemType type) {
        return switch (code(type)) {
            case PARSE_ERROR, TARGETING_KEY_MISSING, INVALID_CONTEXT -> type == ProblemType.BODY_TOO_LARGE ? 413 : 400;
            case FLAG_NOT_FOUND -> 404;
            case GENERAL -> type.status();
        };
    }
}
