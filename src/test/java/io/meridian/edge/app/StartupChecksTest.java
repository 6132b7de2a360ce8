package io.meridian.edge.app;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupChecksTest {
    @TempDir
    private Path folder;

    private void demonstration(String... more) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of("MERIDIAN_DEMO", "true"));
        environment.put(
                "MERIDIAN_CONFIG",
                Files.createDirectories(folder.resolve("rules")).toString());
        environment.put(
                "MERIDIAN_MODELS",
                Files.createDirectories(folder.resolve("models")).toString());
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        MeridianConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(MeridianConfig.class)
                .build()
                .getConfigMapping(MeridianConfig.class);
        StartupChecks.check(config, property -> Optional.of("127.0.0.1"));
    }

    @Test
    void aDemonstrationsOwnRedisIsASingleOne() {
        assertDoesNotThrow(() -> demonstration());
        assertDoesNotThrow(
                () -> demonstration("MERIDIAN_REDIS_URL", "redis://h", "MERIDIAN_REDIS_TOPOLOGY", "cluster"));
        StartupRefused refused = assertThrows(
                StartupRefused.class,
                () -> demonstration("MERIDIAN_REDIS_TOPOLOGY", "sentinel", "MERIDIAN_REDIS_MASTER", "profiles"));
        assertEquals("""
                Meridian does not start:
                  - meridian.redis.topology: sentinel is for a Redis of yours, and meridian.redis.url names none
                  - meridian.redis.master is for a Redis of yours, and meridian.redis.url names none""", refused.getMessage());
    }
}
