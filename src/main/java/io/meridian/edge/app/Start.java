package io.meridian.edge.app;

import io.meridian.edge.adapter.redis.RedisProfileStore;
import io.meridian.edge.app.delivery.Folder;
import io.meridian.edge.app.delivery.Outcome;
import io.meridian.edge.app.delivery.Told;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/**
 * The order of starting: check what the operator said, compile the rules and warm the models, reach for Redis, then decide: the port
 * opens after this. A Redis that does not answer does not keep the service from starting: it decides without profiles until it does.
 */
@Singleton
final class Start {
    private final MeridianConfig config;
    private final ActiveBundle active;
    private final Instance<Folder> folder;
    private final Instance<RedisProfileStore> store;
    private final Instance<Demonstration> demonstration;

    Start(
            MeridianConfig config,
            ActiveBundle active,
            Instance<Folder> folder,
            Instance<RedisProfileStore> store,
            Instance<Demonstration> demonstration) {
        this.config = config;
        this.active = active;
        this.folder = folder;
        this.store = store;
        this.demonstration = demonstration;
    }

    void begin(@Observes StartupEvent event) {
        Outcome outcome = folder.get().load();
        if (outcome instanceof Outcome.Rejected rejected) {
            throw new StartupRefused(
                    "the configuration in " + config.config().toAbsolutePath() + " is refused: " + Told.of(rejected));
        }
        Bundle bundle = active.current().bundle();
        // Connecting begins with the store; in a demonstration the data has to be there first. A Redis that somebody
        // named may hold real customers: it is left as it is.
        if (config.demo() && config.redis().url().isEmpty()) {
            demonstration.get().fill(bundle);
        }
        store.get().ready();
        if (config.watch().orElse(config.demo())) {
            folder.get().watch();
        }
        if (config.demo()) {
            System.out.println(demonstration.get().greeting(bundle));
        }
    }
}
