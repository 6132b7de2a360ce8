package io.meridian.edge.adapter.redis;

import static org.junit.jupiter.api.Assertions.fail;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.core.profile.ProfileLayout;
import io.meridian.edge.core.profile.ProfileStore;
import io.meridian.edge.core.profile.ProfileWriter.Permission;
import io.meridian.edge.core.profile.ReadPlan;
import io.meridian.edge.testing.PlainRedis;
import io.meridian.edge.testing.SampleContract;
import io.meridian.edge.testing.WireProxy;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A Redis of one's own behind a proxy, and everything that reads and writes it. */
final class RedisHarness implements AutoCloseable {
    static final SubjectId ANNA = new SubjectId("customer", "anna@example.org");
    static final int ALL_CLASSES = DataClass.ALL_BITS;
    static final Permission OPEN = permission(ALL_CLASSES, 0, 0, Purpose.ALL_BITS);

    final AttributeContract contract = SampleContract.contract();
    final FactLayout facts = SampleContract.facts(contract);
    final ProfileLayout layout = SampleContract.layout(contract, facts);
    final RegionKey key = new RegionKey("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    final Pseudonymiser pseudonymiser = new Pseudonymiser(key, '1');
    final RegionMarker marker = new RegionMarker("eu-central", key);
    final RedisCounters counters = new RedisCounters();
    final EmbeddedRedis server = EmbeddedRedis.start();
    final WireProxy wire = new WireProxy(server.port());
    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    final RedisSettings settings =
            new RedisSettings(RedisGiven.url(wire.url()).access(), 64, 500, 5, 50, 1000, 100, 1000);
    final PlainRedis plain = new PlainRedis(server.port());
    final ProfileEncoder encoder = new ProfileEncoder(contract);
    final RedisProfileStore store;
    final RedisProfileWriter writer;

    RedisHarness(boolean marked) {
        if (marked) {
            mark();
        }
        store = new RedisProfileStore(vertx, settings, marker, pseudonymiser, counters);
        writer = new RedisProfileWriter(vertx, settings, marker, pseudonymiser, counters);
        if (marked) {
            await("connections", () -> store.ready() && writer.ready());
        }
    }

    void mark() {
        get(marker.mark(vertx, RedisSettings.of(server.url()), false)
                .toCompletionStage()
                .toCompletableFuture());
    }

    static Permission permission(int classes, int ifGiven, int ifExplicit, int unlessRefused) {
        return new Permission(classes, each(ifGiven), each(ifExplicit), each(unlessRefused));
    }

    static int[] each(int mask) {
        int[] masks = new int[DataClass.count()];
        Arrays.fill(masks, mask);
        return masks;
    }

    ReadPlan direct(int classes) {
        return new ReadPlan(ANNA, layout, classes, 0, each(0), each(0), each(0));
    }

    ReadPlan silent(int classes, int ifGiven, int ifExplicit, int unlessRefused) {
        return new ReadPlan(ANNA, layout, classes, classes, each(ifGiven), each(ifExplicit), each(unlessRefused));
    }

    Profile read(ReadPlan plan) {
        return read(plan, 1000);
    }

    Profile read(ReadPlan plan, int timeoutMillis) {
        Facts into = new Facts(facts);
        into.show(ALL_CLASSES);
        return read(store, plan, new Profile(into), timeoutMillis);
    }

    static Profile read(ProfileStore store, ReadPlan plan, Profile into, int timeoutMillis) {
        CompletableFuture<Profile> ended = new CompletableFuture<>();
        store.read(plan, into, timeoutMillis, profile -> {
            if (!ended.complete(profile)) {
                fail("told twice");
            }
        });
        return get(ended);
    }

    byte state(Profile profile, String attribute) {
        return profile.facts().state(facts.indexOf("profile." + attribute));
    }

    String string(Profile profile, String attribute) {
        return profile.facts().stringAt(facts.indexOf("profile." + attribute));
    }

    /** Stores values as the service would, without asking anybody. */
    void put(SubjectId subject, Map<String, Object> values) {
        byte[] prefix = pseudonymiser.prefix(subject);
        for (int i = 0; i < DataClass.count(); i++) {
            byte[] value = encoder.encode(DataClass.at(i), values);
            if (value.length > 0) {
                plain.call("SET", Pseudonymiser.classKey(prefix, i), value);
            }
        }
    }

    void putConsent(SubjectId subject, StoredConsent consent) {
        plain.call("SET", Pseudonymiser.consentKey(pseudonymiser.prefix(subject)), ConsentCodec.encode(consent, 0));
    }

    void clear() {
        for (String key : plain.keys()) {
            if (!key.equals(RegionMarker.KEY)) {
                plain.call("DEL", key);
            }
        }
    }

    static <T> T get(java.util.concurrent.CompletionStage<T> stage) {
        return get(stage.toCompletableFuture());
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("no " + what + " within 10 seconds");
            }
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        store.close();
        writer.close();
        plain.close();
        get(vertx.close().toCompletionStage().toCompletableFuture());
        wire.close();
        server.close();
    }
}
