package io.meridian.edge.adapter.redis;

import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a link's node is still the right one: about every second and, behind an open breaker, again and again until it is answered in
 * time. Confined to an event loop.
 */
final class LinkProofs {
    /** The link. */
    interface Owner {
        /** Sends commands past the breaker. */
        void dispatch(RedisConnection to, List<Request> requests, PendingBatch pending, int timeoutMillis);

        void proven(LinkTarget.Verdict verdict);
    }

    private static final Logger LOG = Logger.getLogger(LinkProofs.class);
    /** A Redis that is slow now and then would fill the log. */
    private static final long WARN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ContextInternal context;
    private final RedisSettings settings;
    private final LinkTarget target;
    private final Breaker breaker;
    private final Owner owner;
    private @Nullable RedisConnection connection;
    private @Nullable ScheduledFuture<?> checking;
    private long warnedNanos = System.nanoTime() - WARN_EVERY_NANOS;

    LinkProofs(ContextInternal context, RedisSettings settings, LinkTarget target, Breaker breaker, Owner owner) {
        this.context = context;
        this.settings = settings;
        this.target = target;
        this.breaker = breaker;
        this.owner = owner;
    }

    /** There is a connection. */
    void begin(RedisConnection fresh) {
        connection = fresh;
        breaker.close();
        checking = context.nettyEventLoop()
                .scheduleWithFixedDelay(
                        () -> ask(false, settings.silentMillis()),
                        settings.checkMillis(),
                        settings.checkMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** There is none any more. */
    void end() {
        connection = null;
        breaker.close();
        if (checking != null) {
            checking.cancel(false);
            checking = null;
        }
    }

    /** The breaker has opened. */
    void probe() {
        ask(true, breaker.patience());
    }

    /** @param probe true if an answer in time closes the breaker; a check is patient and shows nothing of that */
    private void ask(boolean probe, int timeoutMillis) {
        RedisConnection over = connection;
        if (over == null) {
            return;
        }
        PendingBatch look = new PendingBatch() {
            @Override
            void answered(List<@Nullable Response> answers) {
                if (probe) {
                    breaker.close();
                }
                owner.proven(target.judge(answers));
            }

            @Override
            void ended(End end, @Nullable Throwable failure) {
                if (failure != null && RedisErrors.isAnswer(failure)) {
                    if (probe) {
                        breaker.close();
                    }
                    target.troubled();
                } else if (probe) {
                    // Not even sent, perhaps: the breaker waits for an answer all the same.
                    probeAgain(over);
                }
            }
        };
        context.dispatch(() -> owner.dispatch(over, target.proof(), look, timeoutMillis));
    }

    private void probeAgain(RedisConnection over) {
        long now = System.nanoTime();
        if (now - warnedNanos >= WARN_EVERY_NANOS) {
            warnedNanos = now;
            LOG.warn("Redis does not answer in time: but for probes nothing is sent to it until one is answered");
        }
        Runnable next = () -> {
            if (over == connection && breaker.isOpen()) {
                probe();
            }
        };
        context.nettyEventLoop().schedule(next, Breaker.PROBE_PAUSE, TimeUnit.MILLISECONDS);
    }
}
