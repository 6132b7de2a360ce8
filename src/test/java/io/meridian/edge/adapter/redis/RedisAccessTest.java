package io.meridian.edge.adapter.redis;

import static io.meridian.edge.adapter.redis.RedisHarness.OPEN;
import static io.meridian.edge.adapter.redis.RedisHarness.await;
import static io.meridian.edge.adapter.redis.RedisHarness.get;
import static io.meridian.edge.adapter.redis.RedisInstance.customer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.core.profile.ProfileWriter.Outcome;
import io.meridian.edge.core.profile.ReadPlan;
import io.meridian.edge.testing.PlainRedis;
import io.meridian.edge.testing.RedisProcess;
import io.meridian.edge.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS, a user of one's own and what it is allowed, against a real Redis. */
@Timeout(120)
class RedisAccessTest {
    /** All that the service's user needs in a standalone Redis. */
    static final String RIGHTS = "resetchannels ~{*}:* ~meridian:region* -@all +get +mget +set +del +expire +time +eval"
            + " +evalsha +script|load +zadd +zscore +zcard +zrange +zremrangebyscore +zremrangebyrank";

    private static final String ADMIN = "default on >admin ~* +@all";
    private static final SubjectId ANNA = customer(1);
    private static final int ALL = Purpose.ALL_BITS;

    @TempDir
    private Path folder;

    private RedisGiven given(String url, Path password, Path authority) {
        return new RedisGiven(
                url,
                "standalone",
                Optional.empty(),
                Optional.of("meridian"),
                Optional.of(password),
                Optional.ofNullable(authority));
    }

    private Path password(String secret) {
        try {
            return Files.writeString(folder.resolve("password"), secret + "\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> with(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(Arrays.asList(more));
        return all;
    }

    /** Each as a line of an access list. */
    private static String[] users(String... lines) {
        List<String> arguments = new ArrayList<>();
        for (String line : lines) {
            arguments.add("--user");
            arguments.addAll(List.of(line.split(" ")));
        }
        return arguments.toArray(String[]::new);
    }

    /** Everything the service ever does, ended well. */
    private static void everything(RedisInstance service) {
        assertEquals(Outcome.DONE, service.write(ANNA, "gold"));
        assertEquals("gold", service.tier(ANNA));
        assertEquals(
                Outcome.DONE, get(service.writer.change(RedisInstance.CONTRACT, ANNA, Map.of("tier", "silver"), OPEN)));
        int now = (int) (System.currentTimeMillis() / 1000);
        for (int i = 0; i < 2; i++) {
            assertEquals(Outcome.DONE, get(service.writer.countImpression(ANNA, "e" + i, "offer", "hero", now, OPEN)));
        }
        StoredConsent consent = new StoredConsent(ALL, 0, 0, 1, false);
        assertEquals(Outcome.DONE, get(service.writer.storeConsent(ANNA, consent, DataClass.IDENTITY.bit())));
        ReadPlan silent = new ReadPlan(
                ANNA,
                RedisInstance.LAYOUT,
                DataClass.ALL_BITS,
                DataClass.ALL_BITS,
                RedisHarness.each(ALL),
                RedisHarness.each(0),
                RedisHarness.each(0));
        Profile profile = new Profile(new io.meridian.edge.core.model.Facts(RedisInstance.FACTS));
        assertEquals(
                Profile.Status.OK,
                RedisHarness.read(service.store, silent, profile, 2000).status());
        assertEquals(Outcome.DONE, get(service.writer.erase(ANNA, 2, 1000)));
    }

    @Test
    void aUserOfItsOwnOverTlsDoesEverythingAndItsPasswordMayChange() throws IOException {
        TestCertificates certificates = new TestCertificates(Files.createDirectory(folder.resolve("tls")));
        certificates.issue("redis", "ip:127.0.0.1,dns:localhost");
        int port = RedisProcess.freePort();
        List<String> arguments =
                with(certificates.redisArguments("redis"), users("meridian on >first " + RIGHTS, "default off"));
        Path password = password("first");
        RedisSettings settings =
                RedisSettings.of(given("rediss://localhost:" + port, password, certificates.authority()));
        try (RedisProcess redis = new RedisProcess(port, "--tls-port", arguments)) {
            assertEquals(RegionMarker.Marking.MARKED, RedisInstance.mark(settings));
            try (RedisInstance service = new RedisInstance(settings)) {
                service.awaitReady();
                everything(service);
            }
            assertEquals(RegionMarker.Marking.STOOD, RedisInstance.mark(settings));
            redis.kill();
        }
    }

    @Test
    void aCertificateOfAnotherHostOrAuthorityIsRefused() throws IOException {
        TestCertificates certificates = new TestCertificates(Files.createDirectory(folder.resolve("tls")));
        certificates.issue("elsewhere", "dns:elsewhere.example");
        certificates.issue("here", "ip:127.0.0.1");
        TestCertificates others = new TestCertificates(Files.createDirectory(folder.resolve("other")));
        int port = RedisProcess.freePort();
        String url = "rediss://127.0.0.1:" + port;
        Path none = password("unused");
        try (RedisProcess redis = new RedisProcess(port, "--tls-port", certificates.redisArguments("elsewhere"))) {
            RedisSettings settings = RedisSettings.of(given(url, none, certificates.authority()));
            assertThrows(AssertionError.class, () -> RedisInstance.mark(settings));
            assertTrue(redis.port() > 0);
        }
        try (RedisProcess redis = new RedisProcess(
                port,
                "--tls-port",
                with(certificates.redisArguments("here"), users("meridian on >unused " + RIGHTS)))) {
            RedisSettings foreign = RedisSettings.of(given(url, none, others.authority()));
            assertThrows(AssertionError.class, () -> RedisInstance.mark(foreign));
            RedisSettings right = RedisSettings.of(given(url, none, certificates.authority()));
            assertEquals(RegionMarker.Marking.MARKED, RedisInstance.mark(right));
            assertTrue(redis.port() > 0);
        }
    }

    @Test
    void aPasswordThatChangedIsReadForTheNextConnection() {
        int port = RedisProcess.freePort();
        Path file = password("first");
        RedisSettings settings = RedisSettings.of(given("redis://127.0.0.1:" + port, file, null));
        try (RedisProcess redis = RedisProcess.plain(port, users("meridian on >first " + RIGHTS, ADMIN));
                PlainRedis admin = new PlainRedis(redis.port())) {
            admin.call("AUTH", "admin");
            RedisInstance.mark(settings);
            try (RedisInstance service = new RedisInstance(settings)) {
                service.awaitReady();
                long before = service.counters.connected();
                admin.call("ACL", "SETUSER", "meridian", "resetpass", ">second");
                admin.call("CLIENT", "KILL", "USER", "meridian");
                await("refusal", () -> service.counters.failedConnects() > 0);
                assertFalse(service.store.ready());
                password("second");
                service.awaitReady();
                assertTrue(service.counters.connected() > before);
                everything(service);
            }
        }
    }

    @Test
    void eachRightIsNeeded() {
        int port = RedisProcess.freePort();
        RedisSettings settings = RedisSettings.of(given("redis://127.0.0.1:" + port, password("secret"), null));
        try (RedisProcess redis = RedisProcess.plain(port, users("meridian on >secret " + RIGHTS, ADMIN));
                PlainRedis admin = new PlainRedis(redis.port())) {
            admin.call("AUTH", "admin");
            RedisInstance.mark(settings);
            List<String> unneeded = new ArrayList<>();
            for (String right : RIGHTS.split(" ")) {
                if (!right.startsWith("+")) {
                    continue;
                }
                admin.call("FLUSHALL");
                admin.call("SCRIPT", "FLUSH");
                List<Object> setUser = new ArrayList<>(List.of("ACL", "SETUSER", "meridian", "reset", "on", ">secret"));
                for (String other : RIGHTS.split(" ")) {
                    if (!other.equals(right)) {
                        setUser.add(other);
                    }
                }
                admin.call("SET", RegionMarker.KEY, RedisInstance.MARKER.value());
                admin.call(setUser.toArray());
                admin.call("ACL", "LOG", "RESET");
                if (works(settings, admin)) {
                    unneeded.add(right);
                }
            }
            // The first for a script Redis has forgotten meanwhile, the second once a subject's memory of events is
            // full.
            assertEquals(List.of("+eval", "+zrange"), unneeded);
        }
    }

    /** True if the service does everything and Redis notes no refusal. */
    private static boolean works(RedisSettings settings, PlainRedis admin) {
        try (RedisInstance service = new RedisInstance(settings)) {
            await("connections or refusal", () -> service.store.ready() && service.writer.ready() || refused(admin));
            if (!refused(admin)) {
                try {
                    everything(service);
                } catch (AssertionError e) {
                    assertTrue(refused(admin), () -> "failed without a refusal: " + e);
                }
            }
            return !refused(admin);
        }
    }

    private static boolean refused(PlainRedis admin) {
        return !((List<?>) admin.call("ACL", "LOG")).isEmpty();
    }
}
