package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.config.TrustFile;
import io.meridian.edge.adapter.redis.RegionKey;
import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.adapter.source.ArchiveSource;
import io.meridian.edge.adapter.source.FileSource;
import io.meridian.edge.adapter.source.HttpSource;
import io.meridian.edge.adapter.state.AuditLog;
import io.meridian.edge.adapter.state.StateFolder;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.app.MeridianConfig;
import io.meridian.edge.app.StartupRefused;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.release.TrustPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;

/** Puts {@link Delivery} and its sources together as an operator said. */
public final class DeliveryParts {
    private DeliveryParts() {}

    /**
     * Opens the state folder. Throws {@link StartupRefused} if another process uses it.
     *
     * @param key seals what is kept on disk; of a demonstration it passes with the process, and so would what it sealed
     */
    public static Delivery delivery(ActiveBundle active, MeridianConfig config, String region, RegionKey key) {
        Clock clock = Clock.systemUTC();
        byte[] seal = config.regionKeyFile().isPresent() ? key.derive("state") : null;
        StateFolder state;
        try {
            state = StateFolder.open(config.state().resolve(region), Archive.MAX_BYTES, seal);
        } catch (StateFolder.InUse e) {
            throw new StartupRefused("meridian.state: " + e.getMessage());
        }
        ReleaseGate.Trust trust = config.trustFile()
                .map(file -> (ReleaseGate.Trust) () -> trust(file))
                .orElse(null);
        DeliveryCounters counters = new DeliveryCounters();
        return new Delivery(
                new ReleaseGate(trust),
                new Exchange(active, source -> BundleLoader.load(source, config.models(), region), state, clock),
                state,
                new Ledger(new AuditLog(state.folder()), clock, counters),
                counters,
                region,
                config.source().isPresent() ? config.staleAfter() : null,
                clock);
    }

    private static TrustPolicy trust(Path file) throws IOException {
        TrustFile.Outcome outcome = TrustFile.read(file);
        if (outcome instanceof TrustFile.Outcome.Rejected rejected) {
            throw new IOException(Told.problems(rejected.problems()));
        }
        return ((TrustFile.Outcome.Read) outcome).policy();
    }

    /** Where new configurations come from. */
    public static Sources sources(Delivery delivery, MeridianConfig config) {
        return config.source()
                .map(place -> Sources.polled(delivery, source(place, config), place, config.pollInterval()))
                .orElseGet(() ->
                        Sources.folder(delivery, config.config(), config.watch().orElse(config.demo())));
    }

    private static ArchiveSource source(String place, MeridianConfig config) {
        return isAddress(place)
                ? new HttpSource(URI.create(place), Archive.MAX_BYTES, config.pollTimeout())
                : new FileSource(Path.of(place), Archive.MAX_BYTES);
    }

    /** True if a source is an address, false if it is a path. */
    public static boolean isAddress(String source) {
        String lower = source.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }
}
