package io.meridian.edge.adapter.redis;

import static io.meridian.edge.adapter.redis.RedisHarness.await;
import static io.meridian.edge.adapter.redis.RedisHarness.each;
import static io.meridian.edge.adapter.redis.RedisHarness.get;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.core.profile.ProfileLayout;
import io.meridian.edge.core.profile.ProfileWriter.Outcome;
import io.meridian.edge.core.profile.ReadPlan;
import io.meridian.edge.testing.RedisCluster;
import io.meridian.edge.testing.SampleContract;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** One service's worth of what reads and writes a region's Redis, whoever has started that. */
final class RedisInstance implements AutoCloseable {
    static final RegionKey KEY = new RegionKey("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    static final AttributeContract CONTRACT = SampleContract.contract();
    static final FactLayout FACTS = SampleContract.facts(CONTRACT);
    static final ProfileLayout LAYOUT = SampleContract.layout(CONTRACT, FACTS);
    static final RegionMarker MARKER = new RegionMarker("eu-central", KEY);

    final Pseudonymiser pseudonymiser = new Pseudonymiser(KEY, '1');
    final RedisCounters counters = new RedisCounters();
    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    final RedisSettings settings;
    final RedisProfileStore store;
    final RedisProfileWriter writer;

    RedisInstance(RedisSettings settings) {
        this.settings = settings;
        store = new RedisProfileStore(vertx, settings, MARKER, pseudonymiser, counters);
        writer = new RedisProfileWriter(vertx, settings, MARKER, pseudonymiser, counters);
    }

    /** Marks what the settings lead to, with a Vert.x of its own. */
    static RegionMarker.Marking mark(RedisSettings settings) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            return MARKER.mark(vertx, settings, false)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            get(vertx.close().toCompletionStage());
        }
    }

    void awaitReady() {
        await("connections", () -> store.ready() && writer.ready());
    }

    static SubjectId customer(int number) {
        return new SubjectId("customer", "c-" + number);
    }

    static ReadPlan plan(SubjectId subject, int classes) {
        return new ReadPlan(subject, LAYOUT, classes, 0, each(0), each(0), each(0));
    }

    Profile read(SubjectId subject, int classes, int timeoutMillis) {
        return RedisHarness.read(store, plan(subject, classes), shown(), timeoutMillis);
    }

    CompletableFuture<Profile> reading(SubjectId subject, int classes, int timeoutMillis) {
        CompletableFuture<Profile> ended = new CompletableFuture<>();
        store.read(plan(subject, classes), shown(), timeoutMillis, ended::complete);
        return ended;
    }

    Profile.Status status(SubjectId subject) {
        return read(subject, DataClass.TRANSACTION.bit(), 1000).status();
    }

    String tier(SubjectId subject) {
        Profile profile = read(subject, DataClass.TRANSACTION.bit(), 1000);
        int index = FACTS.indexOf("profile.tier");
        return profile.facts().state(index) == Facts.PRESENT
                ? profile.facts().stringAt(index)
                : profile.status().name();
    }

    /** What is stored of a subject's consent, by the first read that is answered: each event loop finds its own way back after a fault. */
    StoredConsent consent(SubjectId subject) {
        AtomicReference<Profile> found = new AtomicReference<>();
        RedisCluster.await("an answer", () -> {
            found.set(read(subject, DataClass.TRANSACTION.bit(), 1000));
            return found.get().status() == Profile.Status.OK;
        });
        return found.get().storedConsent();
    }

    Outcome write(SubjectId subject, String tier) {
        return get(writer.replace(CONTRACT, subject, Map.of("tier", tier), RedisHarness.OPEN));
    }

    private static Profile shown() {
        Facts into = new Facts(FACTS);
        into.show(RedisHarness.ALL_CLASSES);
        return new Profile(into);
    }

    @Override
    public void close() {
        store.close();
        writer.close();
        get(vertx.close().toCompletionStage().toCompletableFuture());
    }
}
