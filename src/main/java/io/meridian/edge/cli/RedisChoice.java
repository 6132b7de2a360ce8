package io.meridian.edge.cli;

import io.meridian.edge.adapter.redis.RedisGiven;
import io.meridian.edge.adapter.redis.RedisSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which Redis is meant. */
final class RedisChoice {
    @Option(
            names = "--redis",
            required = true,
            description = "redis://host:port of the region's Redis, or rediss://; several with commas in between.")
    private String redis = "";

    @Option(
            names = "--redis-topology",
            defaultValue = "standalone",
            description = "standalone, cluster (--redis are some of its nodes) or sentinel (--redis are sentinels).")
    private String topology = "standalone";

    @Option(names = "--redis-master", description = "The name the sentinels know the master by.")
    private @Nullable String master;

    @Option(names = "--redis-username", description = "The user of Redis's access list.")
    private @Nullable String username;

    @Option(names = "--redis-password-file", description = "File with the password.")
    private @Nullable Path passwordFile;

    @Option(names = "--redis-ca-file", description = "PEM file of who signs the certificates of rediss://.")
    private @Nullable Path caFile;

    /** Throws IllegalArgumentException with everything that is wrong. */
    RedisSettings settings() {
        RedisGiven given = new RedisGiven(
                redis,
                topology,
                Optional.ofNullable(master),
                Optional.ofNullable(username),
                Optional.ofNullable(passwordFile),
                Optional.ofNullable(caFile));
        StringBuilder wrong = new StringBuilder();
        for (RedisGiven.Problem problem : given.problems()) {
            String option = problem.setting().equals("url") ? "--redis" : "--redis-" + problem.setting();
            wrong.append(wrong.length() == 0 ? "" : "\n  ")
                    .append(option)
                    .append(": ")
                    .append(problem.text());
        }
        if (wrong.length() > 0) {
            throw new IllegalArgumentException(wrong.toString());
        }
        return RedisSettings.of(given);
    }
}
