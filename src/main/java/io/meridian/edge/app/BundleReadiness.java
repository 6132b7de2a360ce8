package io.meridian.edge.app;

import io.meridian.edge.core.bundle.ActiveBundle;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: a bundle is active and its models are warm. Redis is not asked, for without it decisions degrade but stand. */
@Readiness
@Singleton
final class BundleReadiness implements HealthCheck {
    private final ActiveBundle active;

    BundleReadiness(ActiveBundle active) {
        this.active = active;
    }

    @Override
    public HealthCheckResponse call() {
        ActiveBundle.Activation activation = active.current();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("bundle").status(activation != null);
        if (activation != null) {
            response.withData("region", activation.bundle().region().id())
                    .withData("revision", activation.bundle().revision())
                    .withData("digest", activation.bundle().digest())
                    .withData("since", activation.since().toString());
        }
        return response.build();
    }
}
