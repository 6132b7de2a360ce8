package io.meridian.edge.adapter.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.meridian.edge.core.profile.ProfileWriter.Outcome;
import io.meridian.edge.testing.RedisProcess;
import io.meridian.edge.testing.TestCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the manifests in k8s/ configure Redis with serves the service: TLS, its user, its rights. */
@Timeout(120)
class ManifestRedisTest {
    private static final Path COMPONENTS = Path.of("k8s/components");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "redis-standalone, ''",
        "redis-sentinel, +role +wait",
        "redis-cluster, +wait +cluster|slots +cluster|info +asking"
    })
    void theServiceHasTheRightsItNeedsAndNoMore(String component, String more) throws IOException {
        Set<String> wanted = words(RedisAccessTest.RIGHTS + " " + more);
        assertEquals(wanted, rights(component, "meridian"));
    }

    /** Operators look; they read nobody's data, and there is none in what they see. */
    @ParameterizedTest
    @ValueSource(strings = {"redis-standalone", "redis-sentinel", "redis-cluster"})
    void operatorsLookAndNoMore(String component) throws IOException {
        assertEquals(
                words("resetkeys resetchannels -@all +ping +info +dbsize +slowlog|get +client|list"),
                rights(component, "operator"));
    }

    private static Set<String> rights(String component, String user) throws IOException {
        String line = Files.readAllLines(COMPONENTS.resolve(component).resolve("users.acl.template")).stream()
                .filter(each -> each.startsWith("user " + user + " on #"))
                .findFirst()
                .orElseThrow();
        return words(line.substring(line.indexOf("SHA256") + "SHA256".length()));
    }

    private static Set<String> words(String text) {
        return new HashSet<>(Arrays.asList(text.strip().split(" +")));
    }

    @Test
    void theSingleRedisServesTheService() throws IOException {
        Path server = Files.createDirectory(folder.resolve("server"));
        TestCertificates certificates = new TestCertificates(server);
        certificates.issue("tls", "dns:localhost");
        Path password = Files.writeString(folder.resolve("password"), "a password\n");
        String users = Files.readString(COMPONENTS.resolve("redis-standalone/users.acl.template"))
                .replace("MERIDIAN_PASSWORD_SHA256", sha256("a password"))
                .replace("OPERATOR_PASSWORD_SHA256", sha256("an operator's password"));
        Files.writeString(server.resolve("users.acl"), users);
        String config = Files.readString(COMPONENTS.resolve("redis-standalone/redis.conf"))
                .replace("/etc/redis/server", server.toString())
                .replace("dir /data", "dir " + folder);
        Path file = Files.writeString(folder.resolve("redis.conf"), config);
        int port = RedisProcess.freePort();
        RedisSettings settings = RedisSettings.of(new RedisGiven(
                "rediss://localhost:" + port,
                "standalone",
                Optional.empty(),
                Optional.of("meridian"),
                Optional.of(password),
                Optional.of(certificates.authority())));
        try (RedisProcess redis = new RedisProcess(port, "--tls-port", List.of(file.toString()))) {
            assertEquals(RegionMarker.Marking.MARKED, RedisInstance.mark(settings));
            written(settings);
            // Nothing that was answered is forgotten, whatever becomes of the process.
            redis.kill();
            redis.start();
            assertEquals(RegionMarker.Marking.STOOD, RedisInstance.mark(settings));
            try (RedisInstance service = new RedisInstance(settings)) {
                service.awaitReady();
                assertEquals("gold", service.tier(RedisInstance.customer(1)));
            }
        }
    }

    private static void written(RedisSettings settings) {
        try (RedisInstance service = new RedisInstance(settings)) {
            service.awaitReady();
            assertEquals(Outcome.DONE, service.write(RedisInstance.customer(1), "gold"));
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
