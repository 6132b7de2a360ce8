package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.ApiKeys;
import io.meridian.edge.adapter.http.wire.EventReader;
import io.meridian.edge.adapter.http.wire.OfrepFailure;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * What every request passes before it is routed: a known key, and a body no larger than any door takes. Nobody unknown makes us hold a
 * byte of a body.
 *
 * <p>A body that says its length is measured by that. One that comes in chunks is counted here and handed on whole: every door takes its
 * body as a whole anyway, and the framework would end a chunked body that grows too large without words for the caller, but with
 * the path, and so perhaps a subject's id, in the log. Which role a door takes is the door's own matter.
 */
@Singleton
public class Gate {
    /** Before the framework's own limit. */
    private static final int PRIORITY = Integer.MAX_VALUE - 2;

    private static final String DECISIONS = "/v1/";

    private final ApiKeys keys;
    private final HttpMetrics metrics;

    @Inject
    public Gate(ApiKeys keys, HttpMetrics metrics) {
        this.keys = keys;
        this.metrics = metrics;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = context.normalizedPath();
        if (path.startsWith(DECISIONS) || path.startsWith(OfrepFailure.PATHS)) {
            try {
                keys.caller(request.headers()::getAll);
            } catch (ProblemException e) {
                refuse(context, e.problem());
                return;
            }
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            if (exceeds(length)) {
                refuse(context, tooLarge());
            } else {
                context.next();
            }
        } else if (request.isEnded()) {
            context.next();
        } else {
            collect(context, request);
        }
    }

    /** Holds a body of unsaid length, as far as it is allowed to grow. */
    private void collect(RoutingContext context, HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (context.response().ended()) {
                return;
            }
            if (body.length() + chunk.length() > EventReader.MAX_BYTES) {
                refuse(context, tooLarge());
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> {
            if (!context.response().ended()) {
                ((RoutingContextInternal) context).setBody(body);
                context.next();
            }
        });
        // A caller that hangs up gets no answer, and what it sent so far is let go.
        request.exceptionHandler(failure -> {});
        request.resume();
    }

    private void refuse(RoutingContext context, Problem problem) {
        metrics.problem(problem.type());
        HttpServerResponse response = context.response();
        response.setStatusCode(problem.type().status());
        boolean whole = context.request().isEnded();
        if (!whole && context.request().version() != HttpVersion.HTTP_2) {
            // What is still to come of the body is not worth reading.
            response.putHeader("Connection", "close");
        }
        if (problem.type() == ProblemType.UNAUTHENTICATED) {
            response.putHeader(HttpHeaders.WWW_AUTHENTICATE, Replies.CHALLENGE);
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, Replies.mediaType(context.normalizedPath()))
                .putHeader(HttpHeaders.CACHE_CONTROL, Replies.NO_STORE)
                .end(Buffer.buffer(Replies.body(context.normalizedPath(), problem)));
    }

    private static Problem tooLarge() {
        return Problem.of(ProblemType.BODY_TOO_LARGE, "at most " + EventReader.MAX_BYTES + " bytes are taken anywhere");
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
