package io.meridian.edge.adapter.redis;

import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.AsyncResult;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One long-lived pipelined connection, bound to one event loop.
 *
 * <p>It is used only while it carries the region's mark, which is looked at before the first command and then about every second. It has
 * a bound on commands in flight. A command's time runs out without disturbing those behind it: its answer is dropped when it comes. A
 * connection that has gone silent is dropped; lost ones are made anew, with growing pauses.
 *
 * <p>All methods but {@link #ready()} and {@link #unmarked()} are to be called on the event loop. Deadlines are swept once a millisecond while commands are in
 * flight, so that a command costs no timer of its own; a time-out may be late by about two milliseconds.
 */
final class RedisLink {
    private static final Logger LOG = Logger.getLogger(RedisLink.class);
    private static final int SILENT_AFTER_TIMEOUTS = 5;

    private enum State {
        DOWN,
        UNMARKED,
        READY
    }

    private final VertxInternal vertx;
    private final ContextInternal context;
    private final RedisSettings settings;
    private final RegionMarker marker;
    private final List<Script> scripts;
    private final RedisCounters counters;

    private volatile State state = State.DOWN;
    private boolean closed;
    private int generation;
    private int attempts;
    private @Nullable Redis client;
    private @Nullable RedisConnection connection;
    private @Nullable ScheduledFuture<?> checking;

    private @Nullable PendingCommand oldest;
    private @Nullable PendingCommand newest;
    private int inFlight;
    private int timeoutsInRow;
    private long lastReplyNanos;
    private boolean sweeping;
    private boolean reloading;

    RedisLink(
            ContextInternal context,
            RedisSettings settings,
            RegionMarker marker,
            List<Script> scripts,
            RedisCounters counters) {
        this.vertx = context.owner();
        this.context = context;
        this.settings = settings;
        this.marker = marker;
        this.scripts = scripts;
        this.counters = counters;
    }

    ContextInternal context() {
        return context;
    }

    /** True if commands are taken now. Any thread. */
    boolean ready() {
        return state == State.READY;
    }

    /** True if there is a connection, to a Redis without the region's mark. Any thread. */
    boolean unmarked() {
        return state == State.UNMARKED;
    }

    void start() {
        connect();
    }

    /** Ends the connection and all commands in flight. Final. */
    void close() {
        closed = true;
        drop();
    }

    /** Sends a command, or ends it before this returns. */
    void send(Request request, PendingCommand pending, int timeoutMillis) {
        RedisConnection to = connection;
        if (to == null || state != State.READY) {
            counters.rejected.increment();
            pending.settle(
                    state == State.UNMARKED ? PendingCommand.End.UNMARKED : PendingCommand.End.UNAVAILABLE, null);
        } else if (inFlight >= settings.maxInFlight()) {
            counters.rejected.increment();
            pending.settle(PendingCommand.End.UNAVAILABLE, null);
        } else {
            dispatch(to, request, pending, timeoutMillis);
        }
    }

    /** Sends several commands at once, counted as one; one error answer is that of all. */
    void send(List<Request> requests, PendingBatch pending, int timeoutMillis) {
        RedisConnection to = connection;
        if (to == null || state != State.READY) {
            counters.rejected.increment();
            pending.settle(PendingCommand.End.UNAVAILABLE, null);
        } else {
            register(pending, timeoutMillis);
            to.batch(requests).onComplete(result -> {
                pending.replies = result.succeeded() ? result.result() : List.of();
                pending.handle(result.mapEmpty());
            });
        }
    }

    /** Redis has forgotten its scripts: gives them back. */
    private void reloadScripts() {
        RedisConnection to = connection;
        if (to != null && !reloading) {
            reloading = true;
            to.batch(scripts.stream().map(RedisLink::load).toList()).onComplete(ignored -> reloading = false);
        }
    }

    private void dispatch(RedisConnection to, Request request, PendingCommand pending, int timeoutMillis) {
        register(pending, timeoutMillis);
        to.send(request).onComplete(pending);
    }

    private void register(PendingCommand pending, int timeoutMillis) {
        counters.commands.increment();
        long now = System.nanoTime();
        if (inFlight == 0) {
            lastReplyNanos = now;
        }
        pending.deadlineNanos = now + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        pending.sentOn = this;
        append(pending);
        if (!sweeping) {
            sweeping = true;
            context.nettyEventLoop().schedule(this::sweep, 1, TimeUnit.MILLISECONDS);
        }
    }

    /** An answer has come, or the connection has ended. */
    void replied(PendingCommand pending, AsyncResult<Response> result) {
        if (pending.sentOn != this) {
            return;
        }
        remove(pending);
        boolean error = result.failed() && result.cause() instanceof ErrorType;
        if (result.succeeded() || error) {
            timeoutsInRow = 0;
            lastReplyNanos = System.nanoTime();
        }
        if (pending.settled) {
            counters.lateReplies.increment();
        } else if (result.succeeded()) {
            pending.settled = true;
            pending.answered(result.result());
        } else {
            if (error) {
                counters.errors.increment();
                // The message of a batch's error names the command first.
                if (String.valueOf(result.cause().getMessage()).contains("NOSCRIPT")) {
                    counters.noScript.increment();
                    reloadScripts();
                }
            }
            pending.settle(PendingCommand.End.UNAVAILABLE, result.cause());
        }
    }

    private void sweep() {
        sweeping = false;
        long now = System.nanoTime();
        boolean waiting = false;
        PendingCommand pending = oldest;
        while (pending != null) {
            PendingCommand following = pending.next;
            if (!pending.settled) {
                if (pending.deadlineNanos <= now) {
                    counters.timeouts.increment();
                    timeoutsInRow++;
                    pending.settle(PendingCommand.End.TIMEOUT, null);
                } else {
                    waiting = true;
                }
            }
            pending = following;
        }
        if (timeoutsInRow >= SILENT_AFTER_TIMEOUTS
                && now - lastReplyNanos >= TimeUnit.MILLISECONDS.toNanos(settings.silentMillis())
                && connection != null) {
            counters.droppedSilent.increment();
            LOG.warn("A Redis connection has gone silent; connecting anew");
            drop();
            retry();
        } else if (waiting && !sweeping) {
            sweeping = true;
            context.nettyEventLoop().schedule(this::sweep, 1, TimeUnit.MILLISECONDS);
        }
    }

    private void connect() {
        if (closed) {
            return;
        }
        int attempt = ++generation;
        context.nettyEventLoop().schedule(() -> giveUp(attempt), settings.connectMillis(), TimeUnit.MILLISECONDS);
        context.dispatch(() -> {
            Redis connecting;
            try {
                connecting = Redis.createClient(vertx, settings.options());
            } catch (RuntimeException e) {
                failed(e.getClass().getSimpleName());
                return;
            }
            client = connecting;
            connecting.connect().onComplete(result -> {
                if (attempt != generation) {
                    connecting.close();
                } else if (result.failed()) {
                    failed(result.cause().getClass().getSimpleName());
                } else {
                    verify(attempt, result.result());
                }
            });
        });
    }

    /** The connection was not verified in time. */
    private void giveUp(int attempt) {
        if (attempt == generation && connection == null && client != null) {
            failed("not verified in time");
        }
    }

    /** @param why never the library's message, which may hold the URL and with it a password */
    private void failed(String why) {
        counters.failedConnects.increment();
        if (attempts == 0 && !closed) {
            LOG.warnf("Redis cannot be reached (%s); trying again until it can", why);
        }
        drop();
        retry();
    }

    private void verify(int attempt, RedisConnection fresh) {
        fresh.endHandler(ignored -> lost(attempt));
        fresh.exceptionHandler(ignored -> lost(attempt));
        List<Request> handshake = new ArrayList<>(scripts.size() + 1);
        for (Script script : scripts) {
            handshake.add(load(script));
        }
        handshake.add(Request.cmd(Command.GET).arg(RegionMarker.KEY));
        fresh.batch(handshake).onComplete(result -> {
            if (attempt != generation) {
                return;
            }
            if (result.failed()) {
                failed("refused the handshake");
                return;
            }
            counters.connected.increment();
            if (attempts > 0) {
                LOG.info("Redis is reached again");
            }
            attempts = 0;
            timeoutsInRow = 0;
            connection = fresh;
            marked(result.result().get(scripts.size()));
            scheduleCheck(attempt);
        });
    }

    private void marked(@Nullable Response mark) {
        State before = state;
        state = marker.matches(mark == null ? null : mark.toBytes()) ? State.READY : State.UNMARKED;
        if (state == State.UNMARKED && before != State.UNMARKED) {
            counters.unmarked.increment();
            LOG.error("This Redis does not carry the mark of the region: nothing is read from it until it is marked");
        }
    }

    private void scheduleCheck(int attempt) {
        checking = context.nettyEventLoop()
                .schedule(() -> check(attempt), settings.markerCheckMillis(), TimeUnit.MILLISECONDS);
    }

    private void check(int attempt) {
        RedisConnection to = connection;
        if (attempt != generation || to == null) {
            return;
        }
        scheduleCheck(attempt);
        PendingCommand look = new PendingCommand() {
            @Override
            void answered(@Nullable Response response) {
                marked(response);
            }

            @Override
            void ended(End end, @Nullable Throwable failure) {
                // The mark is as it was; a silent connection is dropped by the sweep.
            }
        };
        context.dispatch(
                () -> dispatch(to, Request.cmd(Command.GET).arg(RegionMarker.KEY), look, settings.markerCheckMillis()));
    }

    private void lost(int attempt) {
        if (attempt != generation) {
            return;
        }
        counters.lost.increment();
        drop();
        retry();
    }

    private void retry() {
        if (closed) {
            return;
        }
        int shift = Math.min(attempts++, 16);
        long pause = Math.min((long) settings.reconnectMinMillis() << shift, settings.reconnectMaxMillis());
        long jittered = pause - ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        context.nettyEventLoop().schedule(this::connect, jittered, TimeUnit.MILLISECONDS);
    }

    /** Forgets the connection; whatever still comes from it is ignored. */
    private void drop() {
        generation++;
        state = State.DOWN;
        connection = null;
        if (checking != null) {
            checking.cancel(false);
            checking = null;
        }
        PendingCommand pending = oldest;
        oldest = null;
        newest = null;
        inFlight = 0;
        Redis ending = client;
        client = null;
        if (ending != null) {
            ending.close();
        }
        while (pending != null) {
            PendingCommand following = pending.next;
            pending.sentOn = null;
            pending.settle(PendingCommand.End.UNAVAILABLE, null);
            pending = following;
        }
    }

    private static Request load(Script script) {
        return Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.source());
    }

    private void append(PendingCommand pending) {
        pending.previous = newest;
        if (newest == null) {
            oldest = pending;
        } else {
            newest.next = pending;
        }
        newest = pending;
        inFlight++;
    }

    private void remove(PendingCommand pending) {
        pending.sentOn = null;
        if (pending.previous == null) {
            oldest = pending.next;
        } else {
            pending.previous.next = pending.next;
        }
        if (pending.next == null) {
            newest = pending.previous;
        } else {
            pending.next.previous = pending.previous;
        }
        pending.previous = null;
        pending.next = null;
        inFlight--;
    }
}
