package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.HttpMetrics.Act;
import io.meridian.edge.adapter.http.access.Role;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.adapter.http.wire.WriteReader;
import io.meridian.edge.adapter.http.wire.WriteReader.ConsentBody;
import io.meridian.edge.core.IngestPipeline;
import io.meridian.edge.core.model.StoredConsent;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /v1/subjects/{ns}/{id}}: what a person may ask of us. */
@Path("/v1/subjects/{ns}/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class SubjectsResource {
    private final IngestPipeline pipeline;
    private final Moments moments;
    private final HttpMetrics metrics;

    @Inject
    public SubjectsResource(IngestPipeline pipeline, Moments moments, HttpMetrics metrics) {
        this.pipeline = pipeline;
        this.moments = moments;
        this.metrics = metrics;
    }

    /** Remembers what the person agreed to and refused; replaces what was said before. */
    @PUT
    @Path("/consent")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<RestResponse<byte[]>> consent(
            @PathParam("ns") String namespace, @PathParam("id") String id, @Context RoutingContext context) {
        Admitted admitted = Admitted.of(context);
        admitted.caller(Role.PRIVACY);
        ConsentBody said = WriteReader.consent(admitted.body());
        long now = moments.millis();
        if (said.at() > now + IngestPipeline.MAX_SKEW_MILLIS) {
            throw new ProblemException(Problem.at(ProblemType.INVALID_VALUE, "/at", "lies in the future"));
        }
        StoredConsent consent = new StoredConsent(
                said.given(), said.explicit(), said.refused(), said.at() == 0 ? now : said.at(), false);
        return pipeline.storeConsent(
                        Writes.subject(namespace, id),
                        consent,
                        Writes.withHomeRegion(said.circumstances(), admitted.headers()),
                        now)
                .thenApply(result -> Writes.reply(result, Act.CONSENT, metrics));
    }

    /** Forgets the person. Repeating it changes nothing. */
    @DELETE
    public CompletionStage<RestResponse<byte[]>> erase(
            @PathParam("ns") String namespace, @PathParam("id") String id, @Context RoutingContext context) {
        Admitted admitted = Admitted.of(context);
        admitted.caller(Role.PRIVACY);
        return pipeline.erase(Writes.subject(namespace, id), Writes.homeRegion(admitted.headers()), moments.millis())
                .thenApply(result -> Writes.reply(result, Act.ERASE, metrics));
    }
}
