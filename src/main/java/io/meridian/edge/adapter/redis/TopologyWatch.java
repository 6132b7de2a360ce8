package io.meridian.edge.adapter.redis;

import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks somebody who should know where the masters are: about every second, and soon after trouble. It stays with one of them while all
 * is well; after trouble, or an answer that cannot be believed, the next is asked. Happens on one event loop.
 */
abstract class TopologyWatch {
    private static final Logger LOG = Logger.getLogger(TopologyWatch.class);
    /** However much trouble is told, not asked again sooner. */
    private static final int LEAST_PAUSE_MILLIS = 100;

    final ContextInternal context;
    final RedisSettings settings;
    private final RedisCounters counters;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private volatile boolean closed;
    private boolean looking;
    private boolean troubled;
    private boolean knowing = true;
    private int turn;
    private @Nullable Inquiry node;
    private @Nullable ScheduledFuture<?> next;

    TopologyWatch(ContextInternal context, RedisSettings settings, RedisCounters counters) {
        this.context = context;
        this.settings = settings;
        this.counters = counters;
    }

    /** Who may be asked, not empty. */
    abstract List<Endpoint> candidates();

    /** Connects to one of them. */
    abstract Future<Inquiry> open(Endpoint candidate);

    /** Asks it. False if its answer cannot be believed. */
    abstract Future<Boolean> ask(Inquiry of);

    /** Told on the watch's event loop whenever it knows something else. Any thread. */
    final void listen(Runnable listener) {
        listeners.add(listener);
    }

    final void changed() {
        if (!closed) {
            listeners.forEach(Runnable::run);
        }
    }

    /** Nothing is to be begun any more. Any thread. */
    final boolean isClosed() {
        return closed;
    }

    final void start() {
        context.runOnContext(ignored -> look());
    }

    /** Something was not where it should be: it is asked anew soon. Any thread. */
    final void trouble() {
        context.runOnContext(ignored -> {
            troubled = true;
            if (!looking) {
                schedule(LEAST_PAUSE_MILLIS);
            }
        });
    }

    /** Final. Any thread. */
    final void close() {
        closed = true;
        context.runOnContext(ignored -> {
            if (next != null) {
                next.cancel(false);
            }
            leave();
        });
    }

    private void schedule(int millis) {
        if (!closed && (next == null || next.isDone() || next.getDelay(TimeUnit.MILLISECONDS) > millis)) {
            if (next != null) {
                next.cancel(false);
            }
            next = context.nettyEventLoop().schedule(this::look, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        if (closed || looking) {
            return;
        }
        looking = true;
        if (troubled) {
            leave();
        }
        troubled = false;
        // Composed from the first, so that what is thrown fails the look and the next is scheduled.
        Future<Void> begun = context.succeededFuture();
        context.dispatch(() -> begun.compose(ignored -> connected())
                .compose(this::ask)
                .onComplete(result -> {
                    looking = false;
                    if (result.failed() || !result.result()) {
                        counters.failedLooks.increment();
                        if (knowing) {
                            LOG.warn("Nobody asked says where the masters of Redis are; asking until somebody does");
                        }
                        knowing = false;
                        leave();
                        schedule(LEAST_PAUSE_MILLIS);
                    } else {
                        knowing = true;
                        schedule(troubled ? LEAST_PAUSE_MILLIS : settings.checkMillis());
                    }
                }));
    }

    private Future<Inquiry> connected() {
        if (node != null) {
            return Future.succeededFuture(node);
        }
        List<Endpoint> candidates = candidates();
        return open(candidates.get(Math.floorMod(turn++, candidates.size()))).onSuccess(opened -> {
            node = opened;
            if (closed) {
                leave();
            }
        });
    }

    private void leave() {
        if (node != null) {
            node.close();
            node = null;
        }
    }
}
