package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.wire.OfrepFailure;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemType;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** How answers leave. */
public final class Replies {
    /** For answers that nobody may keep. */
    public static final String NO_STORE = "private, no-store";

    /** How to authenticate, in answers of 401 (RFC 9110, section 11.6.1). */
    public static final String CHALLENGE = "Bearer realm=\"meridian\"";

    private static final MediaType PROBLEM = new MediaType("application", "problem+json");

    /** Seconds a caller should wait before it tries again. */
    static final int RETRY_AFTER = 1;

    private Replies() {}

    /** A JSON answer nobody may keep. */
    public static ResponseBuilder<byte[]> json(int status, byte[] body) {
        return ResponseBuilder.<byte[]>create(status)
                .entity(body)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE);
    }

    /** The media type a problem is told in to callers of a path. */
    static String mediaType(String path) {
        return isOfrep(path) ? MediaType.APPLICATION_JSON : Problem.MEDIA_TYPE;
    }

    /** A problem's body for callers of a path: OpenFeature's protocol has a form of its own. */
    static byte[] body(String path, Problem problem) {
        return isOfrep(path) ? OfrepFailure.of(null, problem) : problem.json();
    }

    private static boolean isOfrep(String path) {
        return path.startsWith(OfrepFailure.PATHS);
    }

    /** A problem, for a caller of a path. */
    static RestResponse<byte[]> problem(String path, Problem problem) {
        ResponseBuilder<byte[]> reply = ResponseBuilder.<byte[]>create(
                        problem.type().status())
                .entity(body(path, problem))
                .type(isOfrep(path) ? MediaType.APPLICATION_JSON_TYPE : PROBLEM)
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE);
        if (problem.type() == ProblemType.UNAUTHENTICATED) {
            reply.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        }
        if (problem.type().status() == 503 || problem.type() == ProblemType.OVERLOADED) {
            reply.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        }
        return reply.build();
    }
}
