package io.meridian.edge.adapter.http;

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

    private static final MediaType PROBLEM = new MediaType("application", "problem+json");

    /** Seconds a caller should wait before it tries again. */
    private static final int RETRY_AFTER = 1;

    private Replies() {}

    /** A JSON answer nobody may keep. */
    public static ResponseBuilder<byte[]> json(int status, byte[] body) {
        return ResponseBuilder.<byte[]>create(status)
                .entity(body)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE);
    }

    /** A problem. */
    public static RestResponse<byte[]> problem(Problem problem) {
        ResponseBuilder<byte[]> reply = ResponseBuilder.<byte[]>create(
                        problem.type().status())
                .entity(problem.json())
                .type(PROBLEM)
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE);
        if (problem.type() == ProblemType.UNAUTHENTICATED) {
            reply.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"meridian\"");
        }
        if (problem.type().status() == 503) {
            reply.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        }
        return reply.build();
    }
}
