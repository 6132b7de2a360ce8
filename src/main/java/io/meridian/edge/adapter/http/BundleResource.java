package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.ApiKeys;
import io.meridian.edge.adapter.http.access.Caller;
import io.meridian.edge.adapter.http.access.Role;
import io.meridian.edge.adapter.http.wire.JsonBytes;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code GET /v1/bundle}: what decides here, since when, and where it came from. */
@Path("/v1/bundle")
@Produces(MediaType.APPLICATION_JSON)
public class BundleResource {
    private final ApiKeys keys;
    private final Bundles bundles;

    @Inject
    public BundleResource(ApiKeys keys, Bundles bundles) {
        this.keys = keys;
        this.bundles = bundles;
    }

    @GET
    public RestResponse<byte[]> active(@Context HttpServerRequest http) {
        Caller caller = keys.caller(http.headers()::getAll);
        caller.require(Role.OPERATE, Role.DECIDE);
        ActiveBundle.Activation activation = bundles.current();
        Bundle bundle = activation.bundle();
        JsonBytes json = new JsonBytes(512);
        json.beginObject();
        json.name("region").value(bundle.region().id());
        json.name("revision").value(Long.toString(bundle.revision()));
        json.name("digest").value(bundle.digest());
        json.name("description").value(bundle.description());
        json.name("since").value(activation.since().toString());
        if (caller.has(Role.OPERATE)) {
            // Where files lie on a machine is for those who run it.
            json.name("source").value(activation.source());
        }
        json.name("markets").beginArray();
        bundle.markets().keySet().stream().sorted().forEach(json::value);
        json.endArray();
        json.endObject();
        return Replies.json(200, json.toBytes()).build();
    }
}
