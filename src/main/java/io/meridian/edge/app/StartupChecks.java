package io.meridian.edge.app;

import io.meridian.edge.adapter.redis.RedisSettings;
import io.meridian.edge.core.frequency.FrequencyCap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What has to be settled before the first request; everything that is missing is said at once. */
final class StartupChecks {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    private StartupChecks() {}

    /**
     * Throws {@link StartupRefused} unless all is there.
     *
     * @param listening the value of a property that says where to listen, empty if it is not set
     */
    static void check(MeridianConfig config, Function<String, Optional<String>> listening) {
        List<String> missing = new ArrayList<>();
        if (!Files.isDirectory(config.config())) {
            missing.add("meridian.config: there is no folder " + config.config().toAbsolutePath());
        }
        if (!Files.isDirectory(config.models())) {
            missing.add("meridian.models: there is no folder " + config.models().toAbsolutePath());
        }
        range(missing, "meridian.deadline-millis", config.deadlineMillis(), 1, 1000);
        range(
                missing,
                "meridian.tombstone-days",
                config.tombstoneDays(),
                FrequencyCap.MAX_WINDOW_SECONDS / 86_400,
                3650);
        range(missing, "meridian.decision-log.capacity", config.decisionLog().capacity(), 2, 1 << 20);
        range(
                missing,
                "meridian.decision-log.max-file-bytes",
                config.decisionLog().maxFileBytes(),
                1024,
                Long.MAX_VALUE);
        range(missing, "meridian.decision-log.max-files", config.decisionLog().maxFiles(), 1, 10_000);
        config.redis()
                .url()
                .map(RedisSettings::problem)
                .ifPresent(problem -> missing.add("meridian.redis.url: " + problem));
        if (config.demo()) {
            if (config.apiKeysFile().isEmpty()) {
                loopback(missing, "quarkus.http.host", listening);
                loopback(missing, "quarkus.management.host", listening);
            }
        } else {
            need(missing, config.region(), "meridian.region", "which region of the configuration this is");
            need(missing, config.redis().url(), "meridian.redis.url", "the region's Redis");
            file(missing, config.regionKeyFile(), "meridian.region-key-file", "the region's secret");
            file(missing, config.apiKeysFile(), "meridian.api-keys-file", "the hashed API keys");
        }
        if (!missing.isEmpty()) {
            throw new StartupRefused("Meridian does not start:\n  - " + String.join("\n  - ", missing)
                    + (config.demo() ? "" : "\nTo look around without any of this: serve --demo"));
        }
    }

    /** Without keys nobody but this machine may call. */
    private static void loopback(List<String> missing, String property, Function<String, Optional<String>> listening) {
        String host = listening.apply(property).orElse("0.0.0.0");
        if (!LOOPBACK.contains(host)) {
            missing.add(property + ": a demonstration without API keys listens on 127.0.0.1 only, not on " + host
                    + "; serve --demo sees to that");
        }
    }

    private static void range(List<String> missing, String property, long value, long least, long most) {
        if (value < least || value > most) {
            missing.add(property + ": takes " + least + " to " + most + ", not " + value);
        }
    }

    private static void need(List<String> missing, Optional<?> value, String property, String what) {
        if (value.isEmpty()) {
            missing.add(property + " is not set: " + what);
        }
    }

    private static void file(List<String> missing, Optional<Path> value, String property, String what) {
        need(missing, value, property, what);
        value.filter(path -> !Files.isReadable(path))
                .ifPresent(path -> missing.add(property + ": cannot read " + path.toAbsolutePath()));
    }
}
