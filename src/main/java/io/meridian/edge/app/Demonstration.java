package io.meridian.edge.app;

import io.meridian.edge.adapter.demo.DemoConsentString;
import io.meridian.edge.adapter.redis.RedisSettings;
import io.meridian.edge.adapter.redis.RegionMarker;
import io.meridian.edge.core.bundle.Bundle;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What a newcomer meets: a region full of customers, and calls to try that can be pasted as they are. */
@Singleton
final class Demonstration {
    private final Vertx vertx;
    private final RedisSettings settings;
    private final RegionMarker marker;
    private final int port;

    Demonstration(
            Vertx vertx,
            RedisSettings settings,
            RegionMarker marker,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.vertx = vertx;
        this.settings = settings;
        this.marker = marker;
        this.port = port;
    }

    /** Marks the Redis as this region's and loads the customers. Blocks. */
    void fill(Bundle bundle) {
        try {
            marker.mark(vertx, settings, false).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupRefused("interrupted while filling the demonstration");
        } catch (ExecutionException | TimeoutException e) {
            throw new StartupRefused("the demonstration's Redis cannot be filled: " + e.getMessage());
        }
    }

    /** Prints the calls. */
    void greet() {
        String everything = DemoConsentString.of(Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), Instant.now());
        System.out.println(everything + port);
    }
}
