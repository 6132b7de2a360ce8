package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.Headers;
import io.meridian.edge.adapter.http.access.Role;
import io.meridian.edge.adapter.http.overload.Overload;
import io.meridian.edge.adapter.http.wire.DecisionTokens;
import io.meridian.edge.adapter.http.wire.DecisionWriter;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.model.DecisionRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code GET /v1/decide/{placement}}: the same decision for CDNs and edge-side includes, kept by caches where that is safe. */
@Path("/v1/decide/{placement}")
@Produces(MediaType.APPLICATION_JSON)
public class EdgeDecideResource {
    private static final int MAX_PARAMETERS = 100;

    private final Bundles bundles;
    private final Decisions decisions;
    private final DecisionTokens tokens;
    private final HttpMetrics metrics;
    private final Overload overload;

    @Inject
    public EdgeDecideResource(
            Bundles bundles, Decisions decisions, DecisionTokens tokens, HttpMetrics metrics, Overload overload) {
        this.bundles = bundles;
        this.decisions = decisions;
        this.tokens = tokens;
        this.metrics = metrics;
        this.overload = overload;
    }

    @GET
    public CompletionStage<RestResponse<byte[]>> decide(
            @PathParam("placement") String placement, @Context RoutingContext context) {
        long readAt = overload.readAt();
        Admitted admitted = Admitted.of(context);
        admitted.caller(Role.DECIDE);
        Headers headers = admitted.headers();
        Map<String, List<String>> query = query(context.request().uri());
        return bundles.throughout(bundle -> {
            DecisionRequest request = EdgeRequest.read(placement, query, headers, bundle);
            return decisions
                    .ask(request, readAt)
                    .<RestResponse<byte[]>>thenApply(asked -> reply(request, asked, bundle, query, headers))
                    .exceptionally(failure -> {
                        throw inParameters(failure);
                    });
        });
    }

    private RestResponse<byte[]> reply(
            DecisionRequest request,
            Decisions.Asked asked,
            Bundle bundle,
            Map<String, List<String>> query,
            Headers headers) {
        long now = asked.moment().epochMillis();
        String timing = DecisionWriter.serverTiming(asked.decision().stages());
        int seconds = SharedAnswer.seconds(request, asked.decision(), now);
        if (seconds == 0) {
            return Replies.json(200, DecisionWriter.personal(asked.decision(), tokens, now / 1000))
                    .header(DecideResource.SERVER_TIMING, timing)
                    .build();
        }
        byte[] body = DecisionWriter.shared(asked.decision());
        String tag = EntityTags.of(body);
        boolean known = EntityTags.matches(headers.get(HttpHeaders.IF_NONE_MATCH), tag);
        if (known) {
            metrics.answeredNotModified();
        }
        RestResponse.ResponseBuilder<byte[]> reply = known
                ? RestResponse.ResponseBuilder.create(304)
                : RestResponse.ResponseBuilder.<byte[]>create(200).entity(body).type(MediaType.APPLICATION_JSON_TYPE);
        return reply.header(HttpHeaders.CACHE_CONTROL, "public, s-maxage=" + seconds)
                .header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.VARY, SharedAnswer.vary(asked.decision(), bundle, query))
                .header(DecideResource.SERVER_TIMING, timing)
                .build();
    }

    private static Map<String, List<String>> query(String uri) {
        try {
            return new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAX_PARAMETERS).parameters();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(ProblemType.INVALID_PARAMETER, "the query cannot be decoded"));
        }
    }

    /** A refusal points into a body; here the same things are parameters and headers. */
    private static RuntimeException inParameters(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof ProblemException ours)) {
            return new CompletionException(cause);
        }
        Problem problem = ours.problem();
        return new ProblemException(new Problem(
                problem.type(), problem.detail(), null, Pointers.parameter(problem.pointer()), problem.homeRegion()));
    }
}
