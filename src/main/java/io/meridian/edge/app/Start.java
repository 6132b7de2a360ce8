package io.meridian.edge.app;

import io.meridian.edge.app.delivery.Outcome;
import io.meridian.edge.app.delivery.Sources;
import io.meridian.edge.app.delivery.Told;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * The order of starting: check what the operator said, compile the rules and warm the models, reach for Redis, then decide: the port
 * opens after this. A Redis that does not answer does not keep the service from starting: it decides without profiles until it does.
 */
@Singleton
final class Start {
    private static final Logger LOG = Logger.getLogger("io.meridian.edge");

    private final MeridianConfig config;
    private final ActiveBundle active;
    private final Instance<Sources> sources;
    private final StoreReadiness store;
    private final Instance<Demonstration> demonstration;
    private final Instance<AdminPort> admin;

    Start(
            MeridianConfig config,
            ActiveBundle active,
            Instance<Sources> sources,
            @Readiness StoreReadiness store,
            Instance<Demonstration> demonstration,
            Instance<AdminPort> admin) {
        this.config = config;
        this.active = active;
        this.sources = sources;
        this.store = store;
        this.demonstration = demonstration;
        this.admin = admin;
    }

    void begin(@Observes StartupEvent event) {
        Outcome outcome = sources.get().begin();
        ActiveBundle.Activation activation = active.current();
        if (activation == null) {
            if (config.demo() || !sources.get().mayStillCome()) {
                throw new StartupRefused("there is no configuration to begin with: " + told(outcome));
            }
            LOG.warnf(
                    "nothing is active yet; decisions begin with the first bundle of %s",
                    config.source().orElse(""));
            store.begin();
            admin.get().open();
            return;
        }
        Bundle bundle = activation.bundle();
        // Connecting begins with the store; in a demonstration the data has to be there first. A Redis that somebody
        // named may hold real customers: it is left as it is.
        if (config.demo() && config.redis().url().isEmpty()) {
            demonstration.get().fill(bundle);
        }
        store.begin();
        admin.get().open();
        if (config.demo()) {
            System.out.println(demonstration.get().greeting(bundle, admin.get().uri()));
        }
    }

    private String told(Outcome outcome) {
        String where = config.config().toAbsolutePath() + " is refused: ";
        return outcome instanceof Outcome.Rejected rejected ? where + Told.of(rejected) : where;
    }
}
