package io.meridian.edge.adapter.http.ofrep;

import io.meridian.edge.adapter.http.Admitted;
import io.meridian.edge.adapter.http.Bundles;
import io.meridian.edge.adapter.http.Decisions;
import io.meridian.edge.adapter.http.EntityTags;
import io.meridian.edge.adapter.http.HttpMetrics;
import io.meridian.edge.adapter.http.KeyedTags;
import io.meridian.edge.adapter.http.Patience;
import io.meridian.edge.adapter.http.Replies;
import io.meridian.edge.adapter.http.access.Role;
import io.meridian.edge.adapter.http.overload.Overload;
import io.meridian.edge.adapter.http.wire.JsonBytes;
import io.meridian.edge.adapter.http.wire.OfrepFailure;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.bundle.Market;
import io.meridian.edge.core.bundle.PlacementPlan;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.DecisionRequest.Options;
import io.meridian.edge.core.model.PlacementRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code POST /ofrep/v1/evaluate/flags} and {@code …/flags/{key}}: decisions for applications that speak OpenFeature. */
@Path("/ofrep/v1/evaluate/flags")
@Produces(MediaType.APPLICATION_JSON)
public class OfrepResource {
    private static final int ROOM = 4096;

    private final Bundles bundles;
    private final Decisions decisions;
    private final KeyedTags tags;
    private final HttpMetrics metrics;
    private final Overload overload;

    @Inject
    public OfrepResource(Bundles bundles, Decisions decisions, KeyedTags tags, HttpMetrics metrics, Overload overload) {
        this.bundles = bundles;
        this.decisions = decisions;
        this.tags = tags;
        this.metrics = metrics;
        this.overload = overload;
    }

    /** One placement. */
    @POST
    @Path("/{key}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<RestResponse<byte[]>> evaluate(
            @PathParam("key") String key, @Context RoutingContext routing) {
        long readAt = overload.readAt();
        Admitted admitted = Admitted.of(routing);
        admitted.caller(Role.DECIDE);
        return answering(key, bundle -> {
            Options options = Patience.of(Options.DEFAULT, admitted.headers());
            EvaluationContext context = EvaluationContext.read(admitted.body(), bundle);
            if (!context.hasTargetingKey()) {
                return CompletableFuture.completedFuture(targetingKeyMissing(key));
            }
            return decisions
                    .ask(context.request(bundle, List.of(new PlacementRequest(key, 1)), options), readAt)
                    .thenApply(asked -> {
                        Decision decision = asked.decision();
                        JsonBytes json = new JsonBytes(ROOM);
                        Evaluations.write(json, decision, decision.placements().get(0), decision.decisionId());
                        return Replies.json(200, json.toBytes()).build();
                    });
        });
    }

    /** Every placement of the market that exists in the channel. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<RestResponse<byte[]>> evaluateAll(@Context RoutingContext routing) {
        long readAt = overload.readAt();
        Admitted admitted = Admitted.of(routing);
        admitted.caller(Role.DECIDE);
        return answering(null, bundle -> {
            Options options = Patience.of(Options.DEFAULT, admitted.headers());
            EvaluationContext context = EvaluationContext.read(admitted.body(), bundle);
            if (!context.hasTargetingKey()) {
                return CompletableFuture.completedFuture(targetingKeyMissing(null));
            }
            Market market = bundle.market(context.market(), context.country());
            if (market == null) {
                throw new ProblemException(
                        Problem.at(ProblemType.UNKNOWN_MARKET, "/context/market", "this region serves no such market"));
            }
            List<PlacementRequest> placements = placements(market.placements().values(), context.channel());
            Function<List<PlacementRequest>, CompletableFuture<Decisions.Asked>> ask =
                    some -> decisions.ask(context.request(bundle, some, options), readAt);
            return evaluateFrom(0, placements, ask, new ArrayList<>())
                    .thenApply(all -> reply(all, admitted.headers().get(HttpHeaders.IF_NONE_MATCH)));
        });
    }

    /** One request holds only so many placements; the rest follows in further ones. */
    private CompletableFuture<List<Decision>> evaluateFrom(
            int from,
            List<PlacementRequest> placements,
            Function<List<PlacementRequest>, CompletableFuture<Decisions.Asked>> ask,
            List<Decision> made) {
        if (from >= placements.size()) {
            return CompletableFuture.completedFuture(made);
        }
        int to = Math.min(placements.size(), from + PlacementRequest.MAX_PLACEMENTS);
        return ask.apply(placements.subList(from, to)).thenCompose(asked -> {
            made.add(asked.decision());
            return evaluateFrom(to, placements, ask, made);
        });
    }

    private RestResponse<byte[]> reply(List<Decision> made, @Nullable String ifNoneMatch) {
        JsonBytes json = new JsonBytes(ROOM);
        json.beginObject().name("flags").beginArray();
        for (Decision decision : made) {
            for (Decision.PlacementDecision placement : decision.placements()) {
                Evaluations.write(json, decision, placement, null);
            }
        }
        byte[] body = json.endArray().endObject().toBytes();
        // Of the answer itself, so that a withdrawn consent shows; under a key, so that a guessed answer cannot be
        // confirmed.
        String tag = tags.of(body);
        if (EntityTags.matches(ifNoneMatch, tag)) {
            metrics.answeredNotModified();
            return RestResponse.ResponseBuilder.<byte[]>create(304)
                    .header(HttpHeaders.CACHE_CONTROL, Replies.NO_STORE)
                    .header(HttpHeaders.ETAG, tag)
                    .build();
        }
        return Replies.json(200, body).header(HttpHeaders.ETAG, tag).build();
    }

    private static List<PlacementRequest> placements(Collection<PlacementPlan> plans, @Nullable String channel) {
        return plans.stream()
                .filter(plan -> channel == null || plan.channels().contains(channel))
                .map(PlacementPlan::id)
                .sorted()
                .map(id -> new PlacementRequest(id, 1))
                .toList();
    }

    /** The protocol has its own form for what goes wrong. */
    private CompletionStage<RestResponse<byte[]>> answering(
            @Nullable String key, Function<Bundle, CompletionStage<RestResponse<byte[]>>> evaluation) {
        try {
            return bundles.throughout(evaluation).exceptionally(failure -> {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                if (cause instanceof ProblemException ours) {
                    return failed(key, ours.problem());
                }
                throw failure instanceof RuntimeException same ? same : new CompletionException(failure);
            });
        } catch (ProblemException e) {
            return CompletableFuture.completedFuture(failed(key, e.problem()));
        }
    }

    private RestResponse<byte[]> failed(@Nullable String key, Problem problem) {
        metrics.problem(problem.type());
        return Replies.json(problem.type().status(), OfrepFailure.of(key, problem))
                .build();
    }

    private RestResponse<byte[]> targetingKeyMissing(@Nullable String key) {
        metrics.problem(ProblemType.MISSING_FIELD);
        return Replies.json(400, OfrepFailure.targetingKeyMissing(key)).build();
    }
}
