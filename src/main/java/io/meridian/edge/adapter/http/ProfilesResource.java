package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.HttpMetrics.Act;
import io.meridian.edge.adapter.http.access.Role;
import io.meridian.edge.adapter.http.wire.WriteReader;
import io.meridian.edge.core.IngestPipeline;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code PUT} and {@code PATCH /v1/profiles/{ns}/{id}}: what other systems know of a visitor, as far as consent lets us keep it. */
@Path("/v1/profiles/{ns}/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class ProfilesResource {
    private final IngestPipeline pipeline;
    private final Moments moments;
    private final HttpMetrics metrics;

    @Inject
    public ProfilesResource(IngestPipeline pipeline, Moments moments, HttpMetrics metrics) {
        this.pipeline = pipeline;
        this.moments = moments;
        this.metrics = metrics;
    }

    /** Replaces all values. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<RestResponse<byte[]>> replace(
            @PathParam("ns") String namespace, @PathParam("id") String id, @Context RoutingContext context) {
        Admitted admitted = Admitted.of(context);
        admitted.caller(Role.INGEST);
        WriteReader.WholeProfile profile = WriteReader.wholeProfile(admitted.body());
        return pipeline.replace(
                        Writes.subject(namespace, id),
                        profile.values(),
                        Writes.withHomeRegion(profile.circumstances(), admitted.headers()),
                        moments.millis())
                .thenApply(result -> Writes.reply(result, Act.REPLACE_PROFILE, metrics));
    }

    /** Changes some values; null removes one. */
    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public CompletionStage<RestResponse<byte[]>> change(
            @PathParam("ns") String namespace, @PathParam("id") String id, @Context RoutingContext context) {
        Admitted admitted = Admitted.of(context);
        admitted.caller(Role.INGEST);
        WriteReader.ProfileChange profile = WriteReader.profileChange(admitted.body());
        return pipeline.change(
                        Writes.subject(namespace, id),
                        profile.values(),
                        Writes.withHomeRegion(profile.circumstances(), admitted.headers()),
                        moments.millis())
                .thenApply(result -> Writes.reply(result, Act.CHANGE_PROFILE, metrics));
    }
}
