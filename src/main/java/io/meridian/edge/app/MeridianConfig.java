package io.meridian.edge.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything an operator may set, as {@code meridian.…} properties or {@code MERIDIAN_…} environment variables.
 *
 * <p>Outside a demonstration the region, its Redis, its key and the API keys have to be given: {@link StartupChecks}.
 */
@ConfigMapping(prefix = "meridian")
public interface MeridianConfig {
    /** True for a demonstration: embedded Redis, generated profiles, a passing key, no API keys, loopback only. */
    @WithDefault("false")
    boolean demo();

    /** Which of the configuration's regions this is. */
    Optional<String> region();

    /** The folder of rules. */
    @WithDefault("edge-config")
    Path config();

    /** Whether what is saved in that folder becomes active at once; if not said, in a demonstration only. */
    Optional<Boolean> watch();

    /** Where signed bundles come from: the path of an archive, or an address ({@code http}, {@code https}); then the folder is not read. */
    Optional<String> source();

    /** How often such a source is asked, about. */
    @WithDefault("30s")
    Duration pollInterval();

    /** How long connecting to it may take, and again its whole answer. */
    @WithDefault("10s")
    Duration pollTimeout();

    /** Without a word of the source for so long what is active counts as stale. */
    @WithDefault("15m")
    Duration staleAfter();

    /** Whose signatures count: {@code trust.yaml}. Without it nothing signed is taken. */
    Optional<Path> trustFile();

    /** The folder in which what was active, and the audit, outlive the process; each region has one of its own in it. */
    @WithDefault("state")
    Path state();

    Admin admin();

    /** The folder of models. */
    @WithDefault("models")
    Path models();

    /** File with the region's secret, Base64 of 32 bytes or more: what pseudonyms, the region's mark and tokens are made with. */
    Optional<Path> regionKeyFile();

    /** File with the hashed API keys and their roles. */
    Optional<Path> apiKeysFile();

    /** The patience assumed of a caller that states none, milliseconds, 1 to 1000. */
    @WithDefault("20")
    int deadlineMillis();

    /** Days an erased subject's tombstone stands. */
    @WithDefault("400")
    int tombstoneDays();

    Redis redis();

    /** The port of administration: pushing, activating, stepping back. */
    interface Admin {
        /** 8100 in a demonstration or if keys are given, else there is no such port; 0 for any that is free. */
        OptionalInt port();

        /** The address it listens on: this machine's own alone, unless another is given. */
        @WithDefault("127.0.0.1")
        String host();

        /** File with the hashed keys of those who administrate, and their roles. None of them decides, and no key that decides is one. */
        Optional<Path> keysFile();
    }

    DecisionLog decisionLog();

    /** The region's profile store. */
    interface Redis {
        /**
         * {@code redis://[user:password@]host[:port][/database]} or {@code rediss://…}, several with commas in between of a cluster or of
         * sentinels; a demonstration brings its own if none is given.
         */
        Optional<String> url();

        /** How its processes stand to each other: {@code standalone}, {@code cluster} or {@code sentinel}. */
        @WithDefault("standalone")
        String topology();

        /** The name the sentinels know the master by. */
        Optional<String> master();

        /** The user of Redis's access list; with none it is Redis's default user. */
        Optional<String> username();

        /** File with the password; read for every connection, so that it can be changed while the service runs. */
        Optional<Path> passwordFile();

        /** PEM file of who signs the certificates of {@code rediss://}; if none, those the JVM trusts. */
        Optional<Path> caFile();
    }

    /** Where decision records go. */
    interface DecisionLog {
        /** The folder of the record files. */
        @WithDefault("decision-log")
        Path directory();

        /** How many records may wait to be written; more are dropped and counted. */
        @WithDefault("8192")
        int capacity();

        /** A file that has grown so large is closed and another begun, bytes. */
        @WithDefault("67108864")
        long maxFileBytes();

        /** How many files are kept. */
        @WithDefault("10")
        int maxFiles();
    }
}
