package io.meridian.edge.adapter.redis;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.adapter.demo.DemoProfiles;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.ProfileRecord;
import io.meridian.edge.testing.PlainRedis;
import io.meridian.edge.testing.SampleContract;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program, not a test: what generated profiles weigh in Redis, how fast a file of them is loaded, and what CPU that takes on either
 * side. The first round of a JVM is what a command sees, later ones what is left when everything is compiled.
 *
 * <p>Arguments: lines (100000), rounds (4), {@code three} data classes or {@code all} with consent.
 */
public final class LoadMeasurement {
    private static final AttributeContract CONTRACT = SampleContract.contract();
    private static final ObjectMapper JSON = new ObjectMapper();

    private LoadMeasurement() {}

    /** Prints a line per round. */
    public static void main(String[] arguments) throws Exception {
        int lines = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
        boolean three = arguments.length < 3 || arguments[2].equals("three");
        Path file = Files.createTempFile("profiles", ".ndjson");
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (EmbeddedRedis server = EmbeddedRedis.start();
                PlainRedis plain = new PlainRedis(server.port())) {
            write(file, lines, three);
            for (int round = 1; round <= rounds; round++) {
                round(round, file, lines, vertx, server, plain);
            }
        } finally {
            Files.deleteIfExists(file);
            vertx.close();
        }
    }

    private static void round(int round, Path file, int lines, Vertx vertx, EmbeddedRedis server, PlainRedis plain)
            throws Exception {
        RegionKey key = new RegionKey("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        RegionMarker marker = new RegionMarker("eu-central", key);
        RedisSettings settings = RedisSettings.of(server.url());
        plain.call("FLUSHDB");
        RedisHarness.get(marker.mark(vertx, settings, false).toCompletionStage());
        long before = Long.parseLong(plain.info("used_memory"));
        Duration java = cpu(ProcessHandle.current().pid());
        Duration redis = cpu(server.pid());
        ProfileFileLoad.Report report;
        try (ProfileLoader loader = new ProfileLoader(
                vertx, settings, marker, new Pseudonymiser(key, '1'), CONTRACT, new RedisCounters())) {
            report = new ProfileFileLoad(file, loader, CONTRACT, checkpoint -> {}).run(true);
        }
        java = cpu(ProcessHandle.current().pid()).minus(java);
        redis = cpu(server.pid()).minus(redis);
        if (report.tally().loaded() != lines) {
            throw new IllegalStateException(report.toString());
        }
        System.out.printf(
                "round %d: %d profiles/s, CPU per profile %.1f us Java and %.1f us Redis, %d bytes per profile%n",
                round,
                report.perSecond(),
                java.toNanos() / 1e3 / lines,
                redis.toNanos() / 1e3 / lines,
                (Long.parseLong(plain.info("used_memory")) - before) / lines);
    }

    private static Duration cpu(long pid) {
        return ProcessHandle.of(pid).orElseThrow().info().totalCpuDuration().orElseThrow();
    }

    private static void write(Path file, int lines, boolean three) throws IOException {
        Iterator<ProfileRecord> demo = new DemoProfiles("eu-central", 1, lines, 1_790_000_000_000L);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            while (demo.hasNext()) {
                ProfileRecord record = demo.next();
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("ns", record.subject().namespace());
                line.put("id", record.subject().id());
                Map<String, Object> values = new HashMap<>(record.values());
                int wanted = DataClass.IDENTITY.bit() | DataClass.TRANSACTION.bit() | DataClass.BEHAVIOUR.bit();
                if (three) {
                    values.keySet()
                            .removeIf(name -> !CONTRACT.find(name).dataClass().in(wanted));
                }
                line.put("profile", values);
                if (!three && record.consent() != null) {
                    line.put("consent", said(record.consent()));
                }
                out.write(JSON.writeValueAsString(line));
                out.write('\n');
            }
        }
    }

    private static Map<String, Object> said(StoredConsent consent) {
        return Map.of(
                "given", purposes(consent.given()),
                "explicit", purposes(consent.explicit()),
                "refused", purposes(consent.refused()),
                "updatedAt", Instant.ofEpochMilli(consent.updatedAt()).toString());
    }

    private static List<String> purposes(int mask) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < Purpose.count(); i++) {
            if ((mask & Purpose.at(i).bit()) != 0) {
                names.add(Purpose.at(i).name());
            }
        }
        return names;
    }
}
