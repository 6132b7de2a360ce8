package io.meridian.edge.app;

import io.meridian.edge.adapter.config.TrustFile;
import io.meridian.edge.adapter.redis.RedisGiven;
import io.meridian.edge.app.delivery.DeliveryParts;
import io.meridian.edge.app.delivery.Told;
import io.meridian.edge.core.frequency.FrequencyCap;
import java.net.URI;
import java.net.URISyntaxException;
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
        if (config.source().isEmpty() && !Files.isDirectory(config.config())) {
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
        checkDelivery(config, missing);
        checkRedis(config, missing);
        checkOwnRedis(config, missing);
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

    private static void checkRedis(MeridianConfig config, List<String> missing) {
        // Where no URL is given but may be, the rest is still looked at.
        String any = config.redis().caFile().isPresent() ? "rediss://localhost" : "redis://localhost";
        String url = config.redis().url().orElse(any);
        for (RedisGiven.Problem problem : given(config, url).problems()) {
            missing.add("meridian.redis." + problem.setting() + ": " + problem.text());
        }
    }

    /** The Redis a demonstration brings is a single one, without TLS or users: whoever says otherwise has another in mind. */
    private static void checkOwnRedis(MeridianConfig config, List<String> missing) {
        MeridianConfig.Redis redis = config.redis();
        if (config.demo() && redis.url().isEmpty()) {
            String own = " is for a Redis of yours, and meridian.redis.url names none";
            if (!redis.topology().equals("standalone")) {
                missing.add("meridian.redis.topology: " + redis.topology() + own);
            }
            redis.master().ifPresent(ignored -> missing.add("meridian.redis.master" + own));
            redis.username().ifPresent(ignored -> missing.add("meridian.redis.username" + own));
            redis.passwordFile().ifPresent(ignored -> missing.add("meridian.redis.password-file" + own));
            redis.caFile().ifPresent(ignored -> missing.add("meridian.redis.ca-file" + own));
        }
    }

    /** The region's Redis as it was given, at this URL. */
    static RedisGiven given(MeridianConfig config, String url) {
        MeridianConfig.Redis redis = config.redis();
        return new RedisGiven(
                url, redis.topology(), redis.master(), redis.username(), redis.passwordFile(), redis.caFile());
    }

    private static void checkDelivery(MeridianConfig config, List<String> missing) {
        range(missing, "meridian.poll-interval (seconds)", config.pollInterval().toSeconds(), 1, 86_400);
        range(missing, "meridian.poll-timeout (seconds)", config.pollTimeout().toSeconds(), 1, 300);
        range(missing, "meridian.stale-after (seconds)", config.staleAfter().toSeconds(), 1, 30 * 86_400);
        if (config.source().isPresent() && config.pollInterval().compareTo(config.staleAfter()) >= 0) {
            missing.add(
                    "meridian.stale-after: takes more than meridian.poll-interval, or the service is stale between polls");
        }
        config.source()
                .map(StartupChecks::sourceProblem)
                .filter(problem -> !problem.isEmpty())
                .ifPresent(problem -> missing.add("meridian.source: " + problem));
        if (config.source().isPresent()) {
            need(
                    missing,
                    config.trustFile(),
                    "meridian.trust-file",
                    "whose signatures count for what meridian.source has");
        }
        // Without it what was signed cannot be taken again, and the edge would have nothing to begin with.
        config.trustFile()
                .map(TrustFile::read)
                .filter(TrustFile.Outcome.Rejected.class::isInstance)
                .map(TrustFile.Outcome.Rejected.class::cast)
                .ifPresent(refused -> missing.add("meridian.trust-file: " + Told.problems(refused.problems())));
        if (AdminPort.wanted(config)) {
            range(missing, "meridian.admin.port", config.admin().port().orElse(AdminPort.DEFAULT), 0, 65_535);
            if (!config.demo() || !LOOPBACK.contains(config.admin().host())) {
                need(
                        missing,
                        config.admin().keysFile(),
                        "meridian.admin.keys-file",
                        "the hashed keys of those who administrate");
            }
            config.admin()
                    .keysFile()
                    .filter(path -> !Files.isReadable(path))
                    .ifPresent(path -> missing.add("meridian.admin.keys-file: cannot read " + path.toAbsolutePath()));
        }
    }

    private static String sourceProblem(String source) {
        if (!DeliveryParts.isAddress(source)) {
            return source.contains("://") ? "takes a path, or an address that begins with http:// or https://" : "";
        }
        try {
            URI address = new URI(source);
            boolean fine = address.getHost() != null && address.getUserInfo() == null && address.getFragment() == null;
            return fine ? "" : "takes an address with a host, without a user and without a fragment";
        } catch (URISyntaxException e) {
            return "is no address: " + e.getReason();
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
