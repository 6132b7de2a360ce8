package io.meridian.edge.app;

import io.meridian.edge.adapter.redis.EmbeddedRedis;
import io.meridian.edge.adapter.redis.Pseudonymiser;
import io.meridian.edge.adapter.redis.RedisCounters;
import io.meridian.edge.adapter.redis.RedisProfileStore;
import io.meridian.edge.adapter.redis.RedisSettings;
import io.meridian.edge.adapter.redis.RegionKey;
import io.meridian.edge.adapter.redis.RegionMarker;
import io.meridian.edge.core.Decider;
import io.meridian.edge.core.DecisionPipeline;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.log.DecisionLog;
import io.meridian.edge.core.profile.ProfileStore;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jboss.logging.Logger;

/** The parts of the service, one of each. */
@Singleton
final class Parts {
    private static final Logger LOG = Logger.getLogger("io.meridian.edge");

    /** The region of a demonstration that names none. */
    static final String DEMO_REGION = "eu-central";

    /** A defect is logged with its place in the code; its message may quote a value, so that stays out. */
    private static void defect(RuntimeException defect) {
        StackTraceElement[] trace = defect.getStackTrace();
        LOG.errorf("a decision failed: %s at %s", defect.getClass().getName(), trace.length == 0 ? "?" : trace[0]);
    }

    @Produces
    @Singleton
    ActiveBundle activeBundle() {
        return new ActiveBundle();
    }

    @Produces
    @Singleton
    RegionKey regionKey(MeridianConfig config) {
        if (config.regionKeyFile().isEmpty()) {
            // A demonstration's data ends with it, and so may its key.
            byte[] bytes = new byte[RegionKey.MIN_BYTES];
            new SecureRandom().nextBytes(bytes);
            return new RegionKey(bytes);
        }
        Path file = config.regionKeyFile().get();
        try {
            return RegionKey.read(file);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartupRefused("meridian.region-key-file: " + file.toAbsolutePath() + ": " + e.getMessage());
        }
    }

    @Produces
    @Singleton
    RegionMarker regionMarker(MeridianConfig config, RegionKey key) {
        return new RegionMarker(config.region().orElse(DEMO_REGION), key);
    }

    @Produces
    @Singleton
    RedisSettings redisSettings(MeridianConfig config) {
        return RedisSettings.of(
                config.redis().url().orElseGet(() -> EmbeddedRedis.start().url()));
    }

    @Produces
    @Singleton
    RedisCounters redisCounters() {
        return new RedisCounters();
    }

    @Produces
    @Singleton
    Pseudonymiser pseudonymiser(RegionKey key) {
        return new Pseudonymiser(key, '1');
    }

    @Produces
    @Singleton
    RedisProfileStore profileStore(
            Vertx vertx,
            RedisSettings settings,
            RegionMarker marker,
            Pseudonymiser pseudonymiser,
            RedisCounters counters) {
        return new RedisProfileStore(vertx, settings, marker, pseudonymiser, counters);
    }

    void close(@Disposes RedisProfileStore store) {
        store.close();
    }

    @Produces
    @Singleton
    Decider decider(ActiveBundle active, ProfileStore store, DecisionLog log, MeridianConfig config) {
        return new DecisionPipeline(active, store, log, System::nanoTime, config.deadlineMillis(), Parts::defect);
    }
}
