package io.meridian.edge.adapter.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.meridian.edge.core.profile.ProfileWriter.Outcome;
import io.meridian.edge.testing.RedisCluster;
import io.meridian.edge.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real cluster that speaks TLS, and a user of one's own who may do no more there than is needed. */
@Timeout(240)
class RedisClusterAccessTest {
    /** What a cluster needs beyond {@link RedisAccessTest#RIGHTS}, as the manifests give it. */
    private static final String MORE_RIGHTS = " +cluster|slots +cluster|info +asking +wait";

    @TempDir
    private Path folder;

    @Test
    void itIsMarkedWrittenAndReadOverTlsByAUserOfItsOwn() throws IOException {
        TestCertificates certificates = new TestCertificates(Files.createDirectory(folder.resolve("tls")));
        certificates.issue("node", "ip:127.0.0.1");
        List<String> arguments = new ArrayList<>(certificates.redisArguments("node"));
        arguments.add("--user");
        arguments.addAll(List.of(("meridian on >secret " + RedisAccessTest.RIGHTS + MORE_RIGHTS).split(" ")));
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        try (RedisCluster cluster = RedisCluster.overTls(arguments)) {
            RedisSettings settings = RedisSettings.of(new RedisGiven(
                    cluster.tlsUrls(),
                    "cluster",
                    Optional.empty(),
                    Optional.of("meridian"),
                    Optional.of(password),
                    Optional.of(certificates.authority())));
            assertEquals(RegionMarker.Marking.MARKED, RedisInstance.mark(settings));
            try (RedisInstance service = new RedisInstance(settings)) {
                RedisCluster.await("connections", () -> service.store.ready() && service.writer.ready());
                // Enough for each master to have some.
                for (int i = 1; i <= 12; i++) {
                    assertEquals(Outcome.DONE, service.write(RedisInstance.customer(i), "gold"));
                    assertEquals("gold", service.tier(RedisInstance.customer(i)));
                }
                assertEquals(0, service.counters.errors());
            }
            for (int i = 0; i < RedisCluster.MASTERS; i++) {
                assertEquals(0, ((List<?>) cluster.call(i, "ACL", "LOG")).size(), "refusals");
            }
        }
    }
}
