package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.ApiKeys;
import io.meridian.edge.adapter.http.access.Role;
import io.meridian.edge.adapter.http.wire.WriteReader;
import io.meridian.edge.adapter.http.wire.WriteReader.ProfileBody;
import io.meridian.edge.core.IngestPipeline;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code PUT} and {@code PATCH /v1/profiles/{ns}/{id}}: what other systems know of a visitor, as far as consent lets us keep it. */
@Path("/v1/profiles/{ns}/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class ProfilesResource {
    private final ApiKeys keys;
    private final IngestPipeline pipeline;
    private final Moments moments;

    @Inject
    public ProfilesResource(ApiKeys keys, IngestPipeline pipeline, Moments moments) {
        this.keys = keys;
        this.pipeline = pipeline;
        this.moments = moments;
    }

    /** Replaces all values. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<RestResponse<byte[]>> replace(
            @PathParam("ns") String namespace,
            @PathParam("id") String id,
            byte[] body,
            @Context HttpServerRequest http) {
        keys.caller(http.headers()::getAll).require(Role.INGEST);
        ProfileBody profile = WriteReader.profile(body, false);
        Map<String, Object> values = new HashMap<>();
        profile.values().forEach((name, value) -> {
            if (value != null) {
                values.put(name, value);
            }
        });
        return pipeline.replace(
                        Writes.subject(namespace, id),
                        values,
                        Writes.withHomeRegion(profile.circumstances(), http),
                        moments.millis())
                .thenApply(Writes::reply);
    }

    /** Changes some values; null removes one. */
    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public CompletionStage<RestResponse<byte[]>> change(
            @PathParam("ns") String namespace,
            @PathParam("id") String id,
            byte[] body,
            @Context HttpServerRequest http) {
        keys.caller(http.headers()::getAll).require(Role.INGEST);
        ProfileBody profile = WriteReader.profile(body, true);
        return pipeline.change(
                        Writes.subject(namespace, id),
                        profile.values(),
                        Writes.withHomeRegion(profile.circumstances(), http),
                        moments.millis())
                .thenApply(Writes::reply);
    }
}
