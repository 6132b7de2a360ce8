package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.Role;
import io.meridian.edge.adapter.http.wire.DecisionTokens;
import io.meridian.edge.adapter.http.wire.EventReader;
import io.meridian.edge.adapter.http.wire.EventReader.EventData;
import io.meridian.edge.adapter.http.wire.EventReader.ReadEvent;
import io.meridian.edge.adapter.http.wire.JsonBytes;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.core.IngestPipeline;
import io.meridian.edge.core.IngestResult;
import io.meridian.edge.core.IngestResult.Status;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/events}: impressions and clicks, as CloudEvents.
 *
 * <p>Each event has its own result, in the order sent. 200 says that the batch was worked through, not that every event was counted; 503
 * says that nothing could be stored and all of it should be sent again, which is safe: an event counts once by its source and id.
 */
@Path("/v1/events")
@Produces(MediaType.APPLICATION_JSON)
public class EventsResource {
    private static final int RETRY_AFTER = 1;
    private static final int RESULT_ROOM = 96;

    private final IngestPipeline pipeline;
    private final DecisionTokens tokens;
    private final Moments moments;
    private final HttpMetrics metrics;

    @Inject
    public EventsResource(IngestPipeline pipeline, DecisionTokens tokens, Moments moments, HttpMetrics metrics) {
        this.pipeline = pipeline;
        this.tokens = tokens;
        this.moments = moments;
        this.metrics = metrics;
    }

    private record Outcome(@Nullable String id, Status status, String detail) {}

    @POST
    @Consumes({"application/cloudevents+json", "application/cloudevents-batch+json", MediaType.APPLICATION_JSON})
    public CompletionStage<RestResponse<byte[]>> take(@Context RoutingContext context) {
        Admitted admitted = Admitted.of(context);
        admitted.caller(Role.INGEST);
        List<ReadEvent> events = EventReader.read(admitted.body(), admitted.headers());
        long now = moments.millis();
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>(events.size());
        for (ReadEvent event : events) {
            outcomes.add(take(event, now).toCompletableFuture());
        }
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(all ->
                        reply(outcomes.stream().map(CompletableFuture::join).toList()));
    }

    private CompletionStage<Outcome> take(ReadEvent event, long now) {
        Problem problem = event.problem();
        EventData data = event.data();
        if (problem != null || data == null) {
            String detail = problem == null ? "" : problem.pointer() + ": " + problem.detail();
            return CompletableFuture.completedFuture(new Outcome(event.id(), Status.REJECTED, detail));
        }
        boolean vouched = false;
        if (data.token() != null) {
            DecisionTokens.Claims claims = tokens.verify(data.token(), now / 1000);
            vouched = claims != null
                    && claims.offer().equals(data.offer())
                    && (data.variant() == null || claims.variant().equals(data.variant()));
            if (!vouched) {
                return CompletableFuture.completedFuture(new Outcome(
                        event.id(), Status.REJECTED, "the token is not valid, has expired, or is of something else"));
            }
        }
        IngestPipeline.Event taken = new IngestPipeline.Event(
                event.kind(),
                key(event),
                data.subject(),
                data.placement(),
                data.offer(),
                vouched,
                data.circumstances(),
                event.at() == 0 ? now : event.at());
        return pipeline.take(taken, now).thenApply(result -> outcome(event, result));
    }

    /** The length keeps two pairs of source and id apart that read alike when joined. */
    private static String key(ReadEvent event) {
        return event.source().length() + ":" + event.source() + event.id();
    }

    private static Outcome outcome(ReadEvent event, IngestResult result) {
        String detail = result.pointer().isEmpty()
                ? result.detail()
                : Pointers.tellable(result.pointer()) + ": " + result.detail();
        return new Outcome(event.id(), result.status(), detail);
    }

    private RestResponse<byte[]> reply(List<Outcome> outcomes) {
        JsonBytes json = new JsonBytes(RESULT_ROOM * (outcomes.size() + 1));
        boolean stored = false;
        boolean unavailable = false;
        json.beginObject().name("results").beginArray();
        for (Outcome outcome : outcomes) {
            metrics.written(HttpMetrics.Act.EVENT, outcome.status());
            stored |= outcome.status() == Status.DONE;
            unavailable |= outcome.status() == Status.UNAVAILABLE;
            json.beginObject();
            if (outcome.id() != null) {
                json.name("id").value(outcome.id());
            }
            json.name("status").value(told(outcome.status()));
            if (!outcome.detail().isEmpty()) {
                json.name("detail").value(outcome.detail());
            }
            json.endObject();
        }
        json.endArray().endObject();
        if (unavailable && !stored) {
            return Replies.json(503, json.toBytes())
                    .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
                    .build();
        }
        return Replies.json(200, json.toBytes()).build();
    }

    private static String told(Status status) {
        return switch (status) {
            case DONE -> "counted";
            case DUPLICATE -> "duplicate";
            case ERASED -> "erased";
            case NOT_PERMITTED -> "not-permitted";
            case UNAVAILABLE -> "unavailable";
            case REJECTED -> "rejected";
        };
    }
}
