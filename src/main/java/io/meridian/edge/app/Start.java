package io.meridian.edge.app;

import io.meridian.edge.adapter.redis.RedisProfileStore;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/**
 * The order of starting: check what the operator said, compile the rules and warm the models, reach for Redis, then decide. A
 * Redis that does not answer does not keep the service from starting: it decides without profiles until it does.
 */
@Singleton
final class Start {
    private static final Logger LOG = Logger.getLogger("io.meridian.edge");

    private final MeridianConfig config;
    private final ActiveBundle active;
    private final Instance<BundleLoader.Result.Loaded> loaded;
    private final Instance<RedisProfileStore> store;
    private final Instance<Demonstration> demonstration;

    Start(
            MeridianConfig config,
            ActiveBundle active,
            Instance<BundleLoader.Result.Loaded> loaded,
            Instance<RedisProfileStore> store,
            Instance<Demonstration> demonstration) {
        this.config = config;
        this.active = active;
        this.loaded = loaded;
        this.store = store;
        this.demonstration = demonstration;
    }

    void begin(@Observes StartupEvent event) {
        Bundle bundle = loaded.get().bundle();
        // Connecting begins with the store; in a demonstration the data has to be there first. A Redis that somebody
        // named may hold
        // real customers: it is left as it is.
        if (config.demo() && config.redis().url().isEmpty()) {
            demonstration.get().fill(bundle);
        }
        store.get().ready();
        active.activate(
                bundle,
                Clock.systemUTC().instant(),
                config.config().toAbsolutePath().getFileName().toString());
        LOG.infof("region %s decides by revision %d (%s)", bundle.region().id(), bundle.revision(), bundle.digest());
        if (config.demo()) {
            System.out.println(demonstration.get().greeting(bundle));
        }
    }
}
