package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.concurrent.CompletionException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes every exception a problem: ours, the framework's, and those nobody expected. */
@Singleton
public class ProblemMapper {
    private final HttpMetrics metrics;
    private final UnexpectedFailures failures;

    @Inject
    public ProblemMapper(HttpMetrics metrics, UnexpectedFailures failures) {
        this.metrics = metrics;
        this.failures = failures;
    }

    @ServerExceptionMapper
    public RestResponse<byte[]> ours(ProblemException e, RoutingContext context) {
        return tell(context, e.problem());
    }

    @ServerExceptionMapper
    public RestResponse<byte[]> notFound(NotFoundException e, RoutingContext context) {
        return tell(context, Problem.of(ProblemType.NOT_FOUND, "there is no such path"));
    }

    @ServerExceptionMapper
    public RestResponse<byte[]> frameworks(WebApplicationException e, RoutingContext context) {
        RestResponse<byte[]> reply = tell(context, of(e.getResponse().getStatus()));
        Object allow = e.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
        if (allow != null) {
            reply.getHeaders().putSingle(HttpHeaders.ALLOW, allow);
        }
        return reply;
    }

    @ServerExceptionMapper
    public RestResponse<byte[]> unexpected(Throwable e, RoutingContext context) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof ProblemException ours) {
            return tell(context, ours.problem());
        }
        failures.note(cause);
        return tell(
                context, Problem.of(ProblemType.INTERNAL, "the request could not be served; it may be tried again"));
    }

    private RestResponse<byte[]> tell(RoutingContext context, Problem problem) {
        metrics.problem(problem.type());
        return Replies.problem(context.normalizedPath(), problem);
    }

    private static Problem of(int status) {
        return switch (status) {
            case 404 -> Problem.of(ProblemType.NOT_FOUND, "there is no such path");
            case 405 ->
                Problem.of(ProblemType.METHOD_NOT_ALLOWED, "the document of the interface says what is allowed here");
            case 406 -> Problem.of(ProblemType.NOT_ACCEPTABLE, "answers are application/json");
            case 413 -> Problem.of(ProblemType.BODY_TOO_LARGE, "the body is larger than this service takes");
            case 415 ->
                Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "the document of the interface says what is taken here");
            default ->
                status >= 500
                        ? Problem.of(ProblemType.INTERNAL, "the request could not be served; it may be tried again")
                        : Problem.of(ProblemType.REQUEST_REFUSED, "the request cannot be understood");
        };
    }
}
