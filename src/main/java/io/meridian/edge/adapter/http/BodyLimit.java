package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.wire.EventReader;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Turns away a body that says of itself that it is larger than any door takes, before a byte of it is read, and in the words of all
 * other problems. The framework would do the same without words; it still ends bodies that grow too large without having said so.
 */
@Singleton
public class BodyLimit {
    /** Before the framework's own limit. */
    private static final int PRIORITY = Integer.MAX_VALUE - 2;

    private final HttpMetrics metrics;

    @Inject
    public BodyLimit(HttpMetrics metrics) {
        this.metrics = metrics;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !exceeds(length)) {
            context.next();
            return;
        }
        Problem problem = Problem.of(
                ProblemType.BODY_TOO_LARGE, "at most " + EventReader.MAX_BYTES + " bytes are taken anywhere");
        metrics.problem(problem.type());
        context.response()
                .setStatusCode(problem.type().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, Replies.NO_STORE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(Buffer.buffer(problem.json()));
    }

    private static boolean exceeds(String length) {
        try {
            return Long.parseLong(length.trim()) > EventReader.MAX_BYTES;
        } catch (NumberFormatException e) {
            // Not a length: the server itself refuses it.
            return false;
        }
    }
}
