package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.Caller;
import io.meridian.edge.adapter.http.access.Role;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.vertx.ext.web.RoutingContext;
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
    private final Bundles bundles;
    private final Deliveries deliveries;

    @Inject
    public BundleResource(Bundles bundles, Deliveries deliveries) {
        this.bundles = bundles;
        this.deliveries = deliveries;
    }

    @GET
    public RestResponse<byte[]> active(@Context RoutingContext context) {
        Caller caller = Admitted.of(context).caller(Role.OPERATE, Role.DECIDE);
        ActiveBundle.Activation activation = bundles.current();
        return Replies.json(200, BundleJson.of(activation, deliveries.state(), caller.has(Role.OPERATE)))
                .build();
    }
}
