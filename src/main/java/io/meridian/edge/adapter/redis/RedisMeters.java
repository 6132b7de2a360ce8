package io.meridian.edge.adapter.redis;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** What befalls the connections to Redis, as metrics. */
public final class RedisMeters implements MeterBinder {
    private final RedisCounters counters;

    public RedisMeters(RedisCounters counters) {
        this.counters = counters;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        connection(registry, "made", RedisCounters::connected);
        connection(registry, "lost", RedisCounters::lost);
        connection(registry, "failed", RedisCounters::failedConnects);
        connection(registry, "silent", RedisCounters::droppedSilent);
        FunctionCounter.builder("meridian.redis.commands", counters, RedisCounters::commands)
                .description("Commands sent to Redis")
                .register(registry);
        Gauge.builder("meridian.redis.breaker.open", counters, RedisCounters::shareRefusing)
                .description("Share of connections over which commands end at once: breaker open, or not connected")
                .register(registry);
        Gauge.builder("meridian.redis.unmarked", counters, RedisCounters::shareUnmarked)
                .description("Share of connections to a Redis without the region's mark, or with another region's")
                .register(registry);
        trouble(registry, "timeout", RedisCounters::timeouts);
        trouble(registry, "late-reply", RedisCounters::lateReplies);
        trouble(registry, "rejected", RedisCounters::rejected);
        trouble(registry, "breaker", RedisCounters::refusedByBreaker);
        trouble(registry, "redirected", RedisCounters::redirected);
        trouble(registry, "no-topology", RedisCounters::failedLooks);
        trouble(registry, "error", RedisCounters::errors);
        trouble(registry, "no-script", RedisCounters::noScript);
        trouble(registry, "malformed", RedisCounters::malformed);
        trouble(registry, "unmarked", RedisCounters::unmarked);
        trouble(registry, "retried-write", RedisCounters::retriedWrites);
        trouble(registry, "exhausted-write", RedisCounters::exhaustedWrites);
        trouble(registry, "outdated-consent", RedisCounters::outdatedConsents);
        trouble(registry, "unconfirmed-consent", RedisCounters::unconfirmedConsents);
        trouble(registry, "forgotten-event", RedisCounters::forgottenEvents);
        trouble(registry, "damaged-change", RedisCounters::damagedChanges);
    }

    private void connection(MeterRegistry registry, String event, ToDoubleFunction<RedisCounters> count) {
        FunctionCounter.builder("meridian.redis.connections", counters, count)
                .tag("event", event)
                .description("Connections to Redis by what became of them")
                .register(registry);
    }

    private void trouble(MeterRegistry registry, String kind, ToDoubleFunction<RedisCounters> count) {
        FunctionCounter.builder("meridian.redis.troubles", counters, count)
                .tag("kind", kind)
                .description("Commands that did not end as they should, by kind")
                .register(registry);
    }
}
