package io.meridian.edge.app;

import io.meridian.edge.adapter.demo.DemoConsentString;
import io.meridian.edge.adapter.demo.DemoProfiles;
import io.meridian.edge.adapter.redis.ProfileLoader;
import io.meridian.edge.adapter.redis.Pseudonymiser;
import io.meridian.edge.adapter.redis.RedisCounters;
import io.meridian.edge.adapter.redis.RedisSettings;
import io.meridian.edge.adapter.redis.RegionMarker;
import io.meridian.edge.core.bundle.Bundle;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What a newcomer meets: a region full of customers, and calls to try that can be pasted as they are. */
@Singleton
final class Demonstration {
    private static final long SEED = 1;
    private static final Set<Integer> ALL_PURPOSES = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    private static final Set<Integer> NO_PERSONAL_CONTENT = Set.of(1, 2, 7, 8, 9, 10, 11);

    private final Vertx vertx;
    private final RedisSettings settings;
    private final RegionMarker marker;
    private final Pseudonymiser pseudonymiser;
    private final RedisCounters counters;
    private final Path config;
    private final int port;

    Demonstration(
            Vertx vertx,
            RedisSettings settings,
            RegionMarker marker,
            Pseudonymiser pseudonymiser,
            RedisCounters counters,
            MeridianConfig config,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.vertx = vertx;
        this.settings = settings;
        this.marker = marker;
        this.pseudonymiser = pseudonymiser;
        this.counters = counters;
        this.config = config.config();
        this.port = port;
    }

    /** Marks the embedded Redis as this region's and loads the customers. Blocks. */
    void fill(Bundle bundle) {
        try {
            marker.mark(vertx, settings, false)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            try (ProfileLoader loader =
                    new ProfileLoader(vertx, settings, marker, pseudonymiser, bundle.contract(), counters)) {
                loader.load(new DemoProfiles(
                        bundle.region().id(), SEED, DemoProfiles.PER_REGION, System.currentTimeMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupRefused("interrupted while filling the demonstration");
        } catch (ExecutionException | TimeoutException | ProfileLoader.LoadFailed e) {
            throw new StartupRefused("the demonstration's Redis cannot be filled: " + e.getMessage());
        }
    }

    /** What to try, for people. */
    String greeting(Bundle bundle, URI admin) {
        Instant now = Instant.now();
        String country = bundle.region().id().equals("us-east")
                ? "US"
                : bundle.region().id().equals("ap-south") ? "IN" : "DE";
        return """

                Meridian decides for %1$s on http://localhost:%2$d, revision %4$d; %3$d generated customers.
                A demonstration: no API keys, loopback only; records of its decisions go to decision-log/.

                A customer with full consent, ranked by the model and explained:

                %5$s

                The same without purposes 5 and 6: contextual, and Redis is never asked:

                %6$s

                What a CDN would ask for nobody in particular:

                curl -si 'http://localhost:%2$d/v1/decide/home-hero?country=%7$s&channel=web&device=mobile'

                Everything it can do: http://localhost:%2$d/q/openapi

                Change a rule: save a file in %8$s and look at this window; what is saved decides at once,
                what has a mistake is told here and changes nothing. Administration: %9$s/v1/bundle
                """.formatted(
                        bundle.region().id(),
                        port,
                        DemoProfiles.PER_REGION,
                        bundle.revision(),
                        call(country, DemoConsentString.of(ALL_PURPOSES, now)),
                        call(country, DemoConsentString.of(NO_PERSONAL_CONTENT, now)),
                        country,
                        config,
                        admin);
    }

    private String call(String country, String consent) {
        return """
                curl -s http://localhost:%d/v1/decide -H 'Content-Type: application/json' -d '{
                  "subject":    {"ids": [{"ns": "customer", "id": "c-%d"}]},
                  "placements": [{"id": "home-hero", "count": 1}],
                  "context":    {"country": "%s", "channel": "web", "device": "mobile"},
                  "consent":    {"tcf": "%s"},
                  "options":    {"explain": "full"}}'""".formatted(port, DemoProfiles.FIRST, country, consent);
    }
}
