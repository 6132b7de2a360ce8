package io.meridian.edge.app;

import io.meridian.edge.adapter.decisionlog.DecisionLogMeters;
import io.meridian.edge.adapter.decisionlog.JsonLinesDecisionLog;
import io.meridian.edge.adapter.http.KeyedTags;
import io.meridian.edge.adapter.http.Moments;
import io.meridian.edge.adapter.http.Patience;
import io.meridian.edge.adapter.http.access.ApiKeyFile;
import io.meridian.edge.adapter.http.access.ApiKeys;
import io.meridian.edge.adapter.http.overload.ConnectionWatch;
import io.meridian.edge.adapter.http.overload.Overload;
import io.meridian.edge.adapter.http.wire.DecisionTokens;
import io.meridian.edge.adapter.redis.EmbeddedRedis;
import io.meridian.edge.adapter.redis.ProfileValues;
import io.meridian.edge.adapter.redis.Pseudonymiser;
import io.meridian.edge.adapter.redis.RedisCounters;
import io.meridian.edge.adapter.redis.RedisMeters;
import io.meridian.edge.adapter.redis.RedisProfileStore;
import io.meridian.edge.adapter.redis.RedisProfileWriter;
import io.meridian.edge.adapter.redis.RedisSettings;
import io.meridian.edge.adapter.redis.RegionKey;
import io.meridian.edge.adapter.redis.RegionMarker;
import io.meridian.edge.app.delivery.Delivery;
import io.meridian.edge.app.delivery.DeliveryDoors;
import io.meridian.edge.app.delivery.DeliveryMeters;
import io.meridian.edge.app.delivery.DeliveryParts;
import io.meridian.edge.app.delivery.Sources;
import io.meridian.edge.core.Decider;
import io.meridian.edge.core.DecisionPipeline;
import io.meridian.edge.core.IngestPipeline;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.frequency.FrequencyCap;
import io.meridian.edge.core.log.DecisionLog;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.ProfileStore;
import io.meridian.edge.core.profile.ProfileWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.quarkus.runtime.ImageMode;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The parts of the service, one of each. */
@Singleton
final class Parts {
    /** The JIT compiler has done most of its work by then. */
    private static final Duration YOUTH = Duration.ofSeconds(30);

    /** The region of a demonstration that names none. */
    static final String DEMO_REGION = "eu-central";

    /** Whichever part is made first, all that is missing is told at once. */
    private static void check(MeridianConfig config) {
        StartupChecks.check(config, property -> ConfigProvider.getConfig().getOptionalValue(property, String.class));
    }

    @Produces
    @Singleton
    ActiveBundle activeBundle() {
        return new ActiveBundle();
    }

    @Produces
    @Singleton
    Delivery delivery(ActiveBundle active, MeridianConfig config, RegionKey key) {
        check(config);
        return DeliveryParts.delivery(active, config, config.region().orElse(DEMO_REGION), key);
    }

    void close(@Disposes Delivery delivery) {
        delivery.close();
    }

    @Produces
    @Singleton
    DeliveryDoors deliveryDoors(Delivery delivery, ActiveBundle active) {
        return new DeliveryDoors(delivery, active);
    }

    @Produces
    @Singleton
    MeterBinder deliveryMeters(Delivery delivery, ActiveBundle active) {
        return new DeliveryMeters(delivery, active);
    }

    @Produces
    @Singleton
    Sources sources(Delivery delivery, MeridianConfig config) {
        return DeliveryParts.sources(delivery, config);
    }

    void close(@Disposes Sources sources) {
        sources.close();
    }

    @Produces
    @Singleton
    RegionKey regionKey(MeridianConfig config) {
        check(config);
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
    EmbeddedRedis embeddedRedis() {
        return EmbeddedRedis.start();
    }

    void close(@Disposes EmbeddedRedis redis) {
        redis.close();
    }

    /** The Redis that was named; the embedded one is started only if none was. */
    @Produces
    @Singleton
    RedisSettings redisSettings(MeridianConfig config, Instance<EmbeddedRedis> embedded) {
        check(config);
        String url = config.redis().url().orElseGet(() -> embedded.get().url());
        return RedisSettings.of(StartupChecks.given(config, url));
    }

    @Produces
    @Singleton
    RedisCounters redisCounters() {
        return new RedisCounters();
    }

    @Produces
    @Singleton
    MeterBinder redisMeters(RedisCounters counters) {
        return new RedisMeters(counters);
    }

    @Produces
    @Singleton
    Pseudonymiser pseudonymiser(RegionKey key) {
        return new Pseudonymiser(key, Pseudonymiser.FIRST_VERSION);
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
    RedisProfileWriter profileWriter(
            Vertx vertx,
            RedisSettings settings,
            RegionMarker marker,
            Pseudonymiser pseudonymiser,
            RedisCounters counters) {
        return new RedisProfileWriter(vertx, settings, marker, pseudonymiser, counters);
    }

    void close(@Disposes RedisProfileWriter writer) {
        writer.close();
    }

    @Produces
    @Singleton
    JsonLinesDecisionLog decisionLog(MeridianConfig config) {
        MeridianConfig.DecisionLog log = config.decisionLog();
        return JsonLinesDecisionLog.open(new JsonLinesDecisionLog.Settings(
                log.directory(), log.capacity(), log.maxFileBytes(), log.maxFiles(), Duration.ofSeconds(1)));
    }

    void close(@Disposes JsonLinesDecisionLog log) {
        log.close();
    }

    @Produces
    @Singleton
    MeterBinder decisionLogMeters(JsonLinesDecisionLog log) {
        return new DecisionLogMeters(log);
    }

    @Produces
    @Singleton
    Moments moments() {
        return new Moments(Clock.systemUTC());
    }

    @Produces
    @Singleton
    ApiKeys apiKeys(MeridianConfig config) {
        check(config);
        if (config.apiKeysFile().isEmpty()) {
            return ApiKeys.open();
        }
        Path file = config.apiKeysFile().get();
        try {
            return ApiKeyFile.read(file);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartupRefused("meridian.api-keys-file: " + file.toAbsolutePath() + ": " + e.getMessage());
        }
    }

    @Produces
    @Singleton
    DecisionTokens decisionTokens(RegionKey key, MeridianConfig config) {
        return new DecisionTokens(
                List.of(new DecisionTokens.Key("1", key.derive("tokens"))), FrequencyCap.MAX_WINDOW_SECONDS);
    }

    @Produces
    @Singleton
    KeyedTags keyedTags(RegionKey key) {
        return new KeyedTags(key.derive("etags"));
    }

    @Produces
    @Singleton
    Patience patience(MeridianConfig config) {
        return new Patience(config.deadlineMillis());
    }

    @Produces
    @Singleton
    Overload overload(MeterRegistry registry, MeridianConfig config) {
        return new Overload(
                registry, config.deadlineMillis(), ImageMode.current().isNativeImage() ? Duration.ZERO : YOUTH);
    }

    /** As many as the framework would take: it would end those beyond without a count. */
    @Produces
    @Singleton
    ConnectionWatch connectionWatch(
            MeterRegistry registry, @ConfigProperty(name = "quarkus.http.limits.max-connections") int most) {
        return new ConnectionWatch(registry, most);
    }

    @Produces
    @Singleton
    Decider decider(ActiveBundle active, ProfileStore store, DecisionLog log, MeridianConfig config, Defects defects) {
        return new DecisionPipeline(active, store, log, System::nanoTime, config.deadlineMillis(), defects::note);
    }

    @Produces
    @Singleton
    IngestPipeline ingestPipeline(ActiveBundle active, ProfileWriter writer, MeridianConfig config) {
        return new IngestPipeline(
                active,
                writer,
                Parts::faults,
                Duration.ofDays(config.tombstoneDays()).toSeconds());
    }

    private static List<IngestPipeline.Fault> faults(AttributeContract contract, Map<String, @Nullable Object> values) {
        return ProfileValues.check(contract, values).stream()
                .map(problem -> new IngestPipeline.Fault(problem.pointer(), problem.problem()))
                .toList();
    }
}
