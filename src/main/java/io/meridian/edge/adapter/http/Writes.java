package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.Headers;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.core.IngestPipeline.Circumstances;
import io.meridian.edge.core.IngestResult;
import io.meridian.edge.core.model.SubjectId;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What all writes of one subject have in common over HTTP. */
final class Writes {
    /** Says which region the caller believes to be the subject's home. */
    static final String HOME_REGION = "X-Meridian-Home-Region";

    private Writes() {}

    /** The subject a path names. */
    static SubjectId subject(String namespace, String id) {
        if (namespace.length() > SubjectId.MAX_LENGTH || id.length() > SubjectId.MAX_LENGTH) {
            throw new ProblemException(Problem.inParameter(
                    ProblemType.INVALID_PARAMETER, "id", "at most " + SubjectId.MAX_LENGTH + " characters"));
        }
        return new SubjectId(namespace, id);
    }

    /** The home region of the header; null if it does not say one. */
    static @Nullable String homeRegion(Headers headers) {
        return headers.one(HOME_REGION);
    }

    /** The home region of the header or of the body; if both are there they have to agree. */
    static Circumstances withHomeRegion(Circumstances body, Headers headers) {
        String header = homeRegion(headers);
        if (header == null || header.equals(body.homeRegion())) {
            return body;
        }
        if (body.homeRegion() != null) {
            throw new ProblemException(Problem.inParameter(
                    ProblemType.INVALID_PARAMETER, HOME_REGION, "the body names another home region"));
        }
        return new Circumstances(body.market(), body.country(), body.subdivision(), body.consent(), header);
    }

    /** 204, or the problem; counted either way. */
    static RestResponse<byte[]> reply(IngestResult result, HttpMetrics.Act act, HttpMetrics metrics) {
        metrics.written(act, result.status());
        ProblemType type = type(result);
        if (type == null) {
            return RestResponse.noContent();
        }
        String pointer = result.pointer().isEmpty() ? null : Pointers.tellable(result.pointer());
        String homeRegion = result.homeRegion().isEmpty() ? null : result.homeRegion();
        throw new ProblemException(new Problem(type, result.detail(), pointer, null, homeRegion));
    }

    private static @Nullable ProblemType type(IngestResult result) {
        return switch (result.status()) {
            case DONE, DUPLICATE -> null;
            case ERASED -> ProblemType.ERASED;
            case NOT_PERMITTED -> ProblemType.NOT_PERMITTED;
            case UNAVAILABLE -> ProblemType.STORE_UNAVAILABLE;
            case REJECTED -> type(result.reason());
        };
    }

    private static ProblemType type(IngestResult.@Nullable Reason reason) {
        if (reason == null) {
            return ProblemType.REQUEST_REFUSED;
        }
        return switch (reason) {
            case UNKNOWN_NAMESPACE -> ProblemType.UNKNOWN_NAMESPACE;
            case UNKNOWN_MARKET -> ProblemType.UNKNOWN_MARKET;
            case UNKNOWN_PLACEMENT -> ProblemType.UNKNOWN_PLACEMENT;
            case UNKNOWN_OFFER, INVALID_VALUE, TOO_OLD, FROM_FUTURE -> ProblemType.INVALID_VALUE;
            case UNKNOWN_REGION -> ProblemType.UNKNOWN_REGION;
            case MISDIRECTED -> ProblemType.MISDIRECTED;
            case OUTDATED -> ProblemType.OUTDATED;
            case DAMAGED -> ProblemType.DAMAGED_PROFILE;
        };
    }
}
