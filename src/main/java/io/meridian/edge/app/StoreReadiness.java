package io.meridian.edge.app;

import io.meridian.edge.adapter.redis.RedisCounters;
import io.meridian.edge.adapter.redis.RedisProfileStore;
import io.meridian.edge.adapter.redis.RedisProfileWriter;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * The first calls find the connections to Redis made, those for changes too: a change cannot be degraded, it would be refused. Asked at the
 * start only: a Redis that is away keeps nobody from deciding, so nobody waits for one longer than {@link #GRACE_NANOS}, and once up this stays up.
 */
@Readiness
@Singleton
final class StoreReadiness implements HealthCheck {
    /** Longer than a Redis that is there takes to be found, also after a first attempt has failed. */
    static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final Logger LOG = Logger.getLogger("io.meridian.edge");

    private final BooleanSupplier reached;
    private final BooleanSupplier unmarked;
    private final LongSupplier nanoClock;
    private volatile boolean begun;
    private volatile boolean up;
    private volatile long deadline;

    @Inject
    StoreReadiness(
            Instance<RedisProfileStore> store, Instance<RedisProfileWriter> writer, Instance<RedisCounters> counters) {
        this(
                () -> store.get().ready() & writer.get().ready(),
                () -> counters.get().shareUnmarked() > 0,
                System::nanoTime);
    }

    /**
     * @param reached true if reads and changes are taken
     * @param unmarked true if that is not so for want of the region's mark; asked only then
     */
    StoreReadiness(BooleanSupplier reached, BooleanSupplier unmarked, LongSupplier nanoClock) {
        this.reached = reached;
        this.unmarked = unmarked;
        this.nanoClock = nanoClock;
    }

    /** Begins to connect, if nobody has, and to count the time. */
    void begin() {
        deadline = nanoClock.getAsLong() + GRACE_NANOS;
        begun = true;
        up = reached.getAsBoolean();
    }

    @Override
    public HealthCheckResponse call() {
        if (!up && begun) {
            if (reached.getAsBoolean()) {
                up = true;
            } else if (nanoClock.getAsLong() - deadline >= 0) {
                LOG.warnf(
                        "%s: ready without it; decisions are made without profiles, changes are refused",
                        unmarked.getAsBoolean()
                                ? "Redis does not carry this region's mark"
                                : "Redis cannot be reached, or not by every connection");
                up = true;
            }
        }
        return HealthCheckResponse.named("store-at-start").status(up).build();
    }
}
