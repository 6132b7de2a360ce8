package io.meridian.edge.app.delivery;

import io.meridian.edge.core.bundle.ActiveBundle;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/** What is active, how old the source's last word is, and what became of what was offered. Tags are words of ours alone. */
public final class DeliveryMeters implements MeterBinder {
    private final Delivery delivery;
    private final ActiveBundle active;

    public DeliveryMeters(Delivery delivery, ActiveBundle active) {
        this.delivery = delivery;
        this.active = active;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("meridian.bundle.revision", this, DeliveryMeters::revision)
                .description("Revision that decides; 0 if nothing does")
                .register(registry);
        Gauge.builder(
                        "meridian.bundle.age.seconds",
                        this,
                        meters -> meters.delivery.status().age(Instant.now()).toSeconds())
                .description("Since the source was last known to have nothing newer")
                .register(registry);
        Gauge.builder("meridian.bundle.stale", this, meters -> meters.delivery.stale() ? 1 : 0)
                .description("1 if that is longer than it should be")
                .register(registry);
        Gauge.builder("meridian.bundle.retiring", delivery, Delivery::retiring)
                .description("Replaced bundles that still wait for their last decision")
                .register(registry);
        Gauge.builder(
                        "meridian.state.damages",
                        this,
                        meters -> meters.delivery.status().damages().size())
                .description("What was wrong with the state folder when the service started")
                .register(registry);
        DeliveryCounters counters = delivery.counters();
        FunctionCounter.builder("meridian.poll.failures", counters.pollFailures, LongAdder::sum)
                .description("How often the source could not be reached")
                .register(registry);
        FunctionCounter.builder("meridian.audit.failures", counters.auditFailures, LongAdder::sum)
                .description("Audit events that could not be written")
                .register(registry);
        counters.tried.forEach((tried, count) -> FunctionCounter.builder("meridian.activations", count, LongAdder::sum)
                .tag("source", tried.via().id())
                .tag("outcome", tried.outcome())
                .description("Configurations offered, by where they came from and what became of them")
                .register(registry));
        counters.listen((code, count) -> FunctionCounter.builder("meridian.rejections", count, LongAdder::sum)
                .tag("code", code)
                .description("What was not taken, and callers turned away, by why")
                .register(registry));
    }

    private double revision() {
        ActiveBundle.Activation activation = active.current();
        return activation == null ? 0 : activation.bundle().revision();
    }
}
