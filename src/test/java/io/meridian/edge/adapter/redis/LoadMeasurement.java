package io.meridian.edge.adapter.redis;

import io.meridian.edge.adapter.demo.DemoProfiles;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.ProfileRecord;
import io.meridian.edge.testing.PlainRedis;
import io.meridian.edge.testing.SampleContract;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** A program, not a test: what 100,000 generated profiles of three data classes weigh in Redis, and how fast they are loaded. */
public final class LoadMeasurement {
    private static final int COUNT = 100_000;
    private static final AttributeContract CONTRACT = SampleContract.contract();

    private LoadMeasurement() {}

    /** Prints the two figures. */
    public static void main(String[] arguments) throws Exception {
        RegionKey key = new RegionKey("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        RegionMarker marker = new RegionMarker("eu-central", key);
        Vertx vertx = Vertx.vertx();
        try (EmbeddedRedis server = EmbeddedRedis.start();
                PlainRedis plain = new PlainRedis(server.port())) {
            RedisSettings settings = RedisSettings.of(server.url());
            RedisHarness.get(marker.mark(vertx, settings, false).toCompletionStage());
            for (boolean threeClasses : new boolean[] {true, false}) {
                plain.call("FLUSHDB");
                RedisHarness.get(marker.mark(vertx, settings, false).toCompletionStage());
                long before = Long.parseLong(plain.info("used_memory"));
                Iterator<ProfileRecord> demo = new DemoProfiles("eu-central", 1, COUNT, System.currentTimeMillis());
                long started = System.nanoTime();
                try (ProfileLoader loader = new ProfileLoader(
                        vertx, settings, marker, new Pseudonymiser(key, '1'), CONTRACT, new RedisCounters())) {
                    while (demo.hasNext()) {
                        ProfileRecord record = demo.next();
                        loader.add(threeClasses ? reduced(record) : record);
                    }
                    loader.finish();
                }
                double seconds = (System.nanoTime() - started) / 1e9;
                long bytes = Long.parseLong(plain.info("used_memory")) - before;
                System.out.printf(
                        "%s: %d keys, %d bytes per profile, %.0f profiles/s (generated on the way)%n",
                        threeClasses ? "three classes" : "all classes and consent",
                        plain.keys().size(),
                        bytes / COUNT,
                        COUNT / seconds);
            }
        } finally {
            vertx.close();
        }
    }

    private static ProfileRecord reduced(ProfileRecord record) {
        int wanted = DataClass.IDENTITY.bit() | DataClass.TRANSACTION.bit() | DataClass.BEHAVIOUR.bit();
        Map<String, Object> values = new HashMap<>(record.values());
        values.keySet().removeIf(name -> !CONTRACT.find(name).dataClass().in(wanted));
        return new ProfileRecord(record.subject(), values, null);
    }
}
