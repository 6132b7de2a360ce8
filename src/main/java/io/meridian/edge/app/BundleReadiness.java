package io.meridian.edge.app;

import io.meridian.edge.adapter.http.Deliveries;
import io.meridian.edge.core.bundle.ActiveBundle;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means: a bundle is active and its models are warm. Redis is asked at the start only ({@link StoreReadiness}), for without it decisions
 * degrade but stand; nor does it matter that a newer bundle was refused or cannot be fetched, but it is told.
 */
@Readiness
@Singleton
final class BundleReadiness implements HealthCheck {
    private final ActiveBundle active;
    private final Deliveries deliveries;

    BundleReadiness(ActiveBundle active, Deliveries deliveries) {
        this.active = active;
        this.deliveries = deliveries;
    }

    @Override
    public HealthCheckResponse call() {
        ActiveBundle.Activation activation = active.current();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("bundle").status(activation != null);
        Deliveries.State state = deliveries.state();
        if (activation != null) {
            response.withData("region", activation.bundle().region().id())
                    .withData("revision", activation.bundle().revision())
                    .withData("digest", activation.bundle().digest())
                    .withData("content", state.content())
                    .withData("since", activation.since().toString())
                    .withData("freshness", state.stale() ? "stale" : "fresh")
                    .withData("ageSeconds", state.ageSeconds())
                    .withData("fromKept", state.fromKept());
        }
        Deliveries.Rejected rejected = state.rejected();
        if (rejected != null) {
            response.withData("rejected", rejected.code())
                    .withData("rejectedAt", rejected.time().toString());
        }
        if (!state.damages().isEmpty()) {
            response.withData("damages", String.join("; ", state.damages()));
        }
        return response.build();
    }
}
