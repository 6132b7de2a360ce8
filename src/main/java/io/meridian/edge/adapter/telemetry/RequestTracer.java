package io.meridian.edge.adapter.telemetry;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Traces requests for decisions: those of a recorded trace, and a share of those that belong to none. */
public final class RequestTracer {
    private static final String LOCAL = RequestTracer.class.getName();
    private static final String TRACEPARENT = "traceparent";
    private static final String DECIDE = "/v1/decide";
    private static final String EVALUATE = "/ofrep/v1/evaluate/flags";

    private final OtlpExporter exporter;
    private final double share;

    /** @param share of the requests without a trace of their own that begin one, 0 to 1 */
    public RequestTracer(OtlpExporter exporter, double share) {
        this.exporter = exporter;
        this.share = share;
    }

    /** Begins the span of a request, if it is to have one, and ends it with the answer. */
    public void handle(RoutingContext context) {
        String route = route(context.normalizedPath());
        RequestSpan span = route == null ? null : begin(context.request(), route);
        Context local = Vertx.currentContext();
        if (span != null && local != null) {
            local.putLocal(LOCAL, span);
            context.addEndHandler(ended -> {
                span.end(context.response().getStatusCode());
                exporter.offer(span);
            });
        }
        context.next();
    }

    /** The span of the request that this thread is handling; null if it has none. */
    public static @Nullable RequestSpan current() {
        Context local = Vertx.currentContext();
        // A context that is nobody's request in particular has nothing of a request's, and asking it is an error.
        return local == null || !VertxContext.isDuplicatedContext(local) ? null : local.getLocal(LOCAL);
    }

    private @Nullable RequestSpan begin(HttpServerRequest request, String route) {
        TraceParent parent = TraceParent.parse(request.getHeader(TRACEPARENT));
        boolean sampled =
                parent != null ? parent.sampled() : ThreadLocalRandom.current().nextDouble() < share;
        if (!sampled) {
            return null;
        }
        return new RequestSpan(
                parent != null ? parent.traceId() : OtlpJson.newTraceId(),
                OtlpJson.newSpanId(),
                parent != null ? parent.spanId() : null,
                request.method().name(),
                route);
    }

    /** The template of a path that decides; null for others. What stands in its place is never told. */
    private static @Nullable String route(String path) {
        if (path.startsWith(DECIDE)) {
            return path.length() == DECIDE.length() ? DECIDE : DECIDE + "/{placement}";
        }
        if (path.startsWith(EVALUATE)) {
            return path.length() == EVALUATE.length() ? EVALUATE : EVALUATE + "/{key}";
        }
        return null;
    }
}
