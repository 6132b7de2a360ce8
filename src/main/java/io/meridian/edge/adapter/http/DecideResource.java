package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.Caller;
import io.meridian.edge.adapter.http.access.Role;
import io.meridian.edge.adapter.http.overload.Overload;
import io.meridian.edge.adapter.http.overload.Urgency;
import io.meridian.edge.adapter.http.wire.DecisionRequestReader;
import io.meridian.edge.adapter.http.wire.DecisionTokens;
import io.meridian.edge.adapter.http.wire.DecisionWriter;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.Explain;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code POST /v1/decide}: the whole contract, one answer for one caller. */
@Path("/v1/decide")
@Produces(MediaType.APPLICATION_JSON)
public class DecideResource {
    static final String SERVER_TIMING = "Server-Timing";

    private final Decisions decisions;
    private final DecisionTokens tokens;
    private final Overload overload;

    @Inject
    public DecideResource(Decisions decisions, DecisionTokens tokens, Overload overload) {
        this.decisions = decisions;
        this.tokens = tokens;
        this.overload = overload;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<RestResponse<byte[]>> decide(@Context RoutingContext context) {
        long readAt = overload.readAt();
        Admitted admitted = Admitted.of(context);
        Caller caller = admitted.caller(Role.DECIDE);
        DecisionRequest request = Patience.within(DecisionRequestReader.read(admitted.body()), admitted.headers());
        if (request.options().explain() != Explain.NONE) {
            // Scores and factors tell about a person, and about the business.
            caller.require(Role.OPERATE, Role.PRIVACY);
        }
        boolean withTokens = !request.options().dryRun();
        if (!withTokens || request.options().explain() != Explain.NONE) {
            overload.require(Urgency.BULK);
        }
        return decisions.ask(request, readAt).thenApply(asked -> {
            byte[] answer = DecisionWriter.personal(
                    asked.decision(), withTokens ? tokens : null, asked.moment().epochMillis() / 1000);
            return Replies.json(200, answer)
                    .header(
                            SERVER_TIMING,
                            DecisionWriter.serverTiming(asked.decision().stages()))
                    .build();
        });
    }
}
