package io.meridian.edge.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has to be settled before the first request; everything that is missing is said at once. */
final class StartupChecks {
    private StartupChecks() {}

    /** Throws {@link StartupRefused} unless all is there. */
    static void check(MeridianConfig config) {
        List<String> missing = new ArrayList<>();
        if (!Files.isDirectory(config.config())) {
            missing.add("meridian.config: there is no folder " + config.config().toAbsolutePath());
        }
        if (!Files.isDirectory(config.models())) {
            missing.add("meridian.models: there is no folder " + config.models().toAbsolutePath());
        }
        if (config.deadlineMillis() < 1 || config.deadlineMillis() > 1000) {
            missing.add("meridian.deadline-millis: takes 1 to 1000, not " + config.deadlineMillis());
        }
        if (!config.demo()) {
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
