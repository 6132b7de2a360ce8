package io.meridian.edge.adapter.redis;

import io.vertx.core.AsyncResult;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One long-lived pipelined connection to one node, bound to one event loop.
 *
 * <p>It is used only while its node is proven to be the right one, which is looked at before the first command and then about every
 * second. It has a bound on commands in flight. A command's time runs out without disturbing those behind it: its answer is dropped when
 * it comes. Behind a few time-outs in a row nobody waits any more ({@link Breaker}); a connection that has gone silent is dropped; lost
 * ones are made anew ({@link LinkConnector}).
 *
 * <p>All methods but {@link #ready()}, {@link #unmarked()}, {@link #lacksMark()} and {@link #refuses()} are to be called on the event loop.
 */
final class RedisLink implements InFlight.Owner, LinkProofs.Owner, LinkConnector.Listener {
    private static final Logger LOG = Logger.getLogger(RedisLink.class);

    private enum State {
        DOWN,
        UNMARKED,
        READY
    }

    private final ContextInternal context;
    private final RedisSettings settings;
    private final LinkTarget target;
    private final RedisCounters counters;
    private final LinkConnector connector;
    private final Breaker breaker = new Breaker();
    private final InFlight inFlight;
    private final LinkProofs proofs;

    private volatile State state = State.DOWN;
    private @Nullable RedisConnection connection;

    RedisLink(
            ContextInternal context,
            RedisSettings settings,
            LinkTarget target,
            List<Script> scripts,
            RedisCounters counters) {
        this.context = context;
        this.settings = settings;
        this.target = target;
        this.counters = counters;
        this.inFlight = new InFlight(context.nettyEventLoop(), settings.silentMillis(), this);
        this.proofs = new LinkProofs(context, settings, target, breaker, this);
        this.connector = new LinkConnector(context, settings, target, scripts, counters, this);
    }

    /** It is one of those that all subjects need: it counts in {@link RedisCounters#shareRefusing}. */
    void count() {
        counters.links.add(this);
    }

    ContextInternal context() {
        return context;
    }

    /** True if commands are taken now, or would be but for the breaker. Any thread. */
    boolean ready() {
        return state == State.READY;
    }

    /** True if there is a connection, to a Redis without the region's mark. Any thread. */
    boolean unmarked() {
        return state == State.UNMARKED;
    }

    /** True if there is a connection, to a Redis that lacks the region's mark as a whole or in a slot. Any thread. */
    boolean lacksMark() {
        State now = state;
        return now == State.UNMARKED || now == State.READY && target.lacksMarks();
    }

    /** True if commands end at once because of an open breaker or for want of a connection. Any thread. */
    boolean refuses() {
        return state == State.DOWN || breaker.isOpen();
    }

    void start() {
        connector.start();
    }

    /** Leaves the node for the one the target names now. */
    void move() {
        connector.again();
    }

    /** Ends the connection and all commands in flight. Final. */
    void close() {
        connector.close();
        counters.links.remove(this);
    }

    /** Sends a command, or ends it before this returns. */
    void send(Request request, PendingCommand pending, int timeoutMillis) {
        if (admits(pending)) {
            pending.request = request;
            sendBehind(request, pending, timeoutMillis);
        }
    }

    /** Sends a command over the very connection that has just answered, to be called while its answer is told. */
    void sendBehind(Request request, PendingCommand pending, int timeoutMillis) {
        RedisConnection to = connection;
        if (to == null) {
            refuse(pending, PendingCommand.End.UNAVAILABLE);
        } else {
            register(pending, timeoutMillis);
            to.send(request).onComplete(pending);
        }
    }

    /** Sends several commands at once, counted as one, or ends them before this returns. */
    void send(List<Request> requests, PendingBatch pending, int timeoutMillis) {
        RedisConnection to = connection;
        if (admits(pending) && to != null) {
            dispatch(to, requests, pending, timeoutMillis);
        }
    }

    /** False if the command was ended here. */
    private boolean admits(PendingCommand pending) {
        if (state != State.READY || connection == null) {
            refuse(pending, state == State.UNMARKED ? PendingCommand.End.UNMARKED : PendingCommand.End.UNAVAILABLE);
        } else if (breaker.isOpen()) {
            counters.refusedByBreaker.increment();
            pending.settle(PendingCommand.End.UNAVAILABLE, null);
        } else if (inFlight.size() >= settings.maxInFlight()) {
            refuse(pending, PendingCommand.End.UNAVAILABLE);
        } else {
            return true;
        }
        return false;
    }

    private void refuse(PendingCommand pending, PendingCommand.End end) {
        counters.rejected.increment();
        pending.settle(end, null);
    }

    @Override
    public void dispatch(RedisConnection to, List<Request> requests, PendingBatch pending, int timeoutMillis) {
        register(pending, timeoutMillis);
        to.batch(requests).onComplete(result -> {
            if (result.succeeded()) {
                pending.replies(result.result());
            }
            pending.handle(result.mapEmpty());
        });
    }

    private void register(PendingCommand pending, int timeoutMillis) {
        counters.commands.increment();
        pending.sentOn = this;
        inFlight.add(pending, timeoutMillis);
    }

    /** An answer has come, or the connection has ended. */
    void replied(PendingCommand pending, AsyncResult<Response> result) {
        if (pending.sentOn != this) {
            return;
        }
        pending.sentOn = null;
        Throwable failure = result.cause();
        if (failure != null && !RedisErrors.isAnswer(failure)) {
            inFlight.remove(pending);
            pending.settle(PendingCommand.End.UNAVAILABLE, failure);
            return;
        }
        inFlight.answered(pending);
        if (pending.settled) {
            counters.lateReplies.increment();
            return;
        }
        if (pending.request != null) {
            // Proofs are patient: what is in time for them is too late for a decision.
            breaker.answered();
        }
        if (failure == null) {
            pending.answeredBy = this;
            pending.settled = true;
            pending.answered(result.result());
        } else {
            refused(pending, failure);
        }
    }

    private void refused(PendingCommand pending, Throwable error) {
        counters.errors.increment();
        if (RedisErrors.is(error, "NOSCRIPT")) {
            counters.noScript.increment();
            connector.giveScripts();
        }
        if (!target.redirected(pending, String.valueOf(error.getMessage()))) {
            pending.settle(PendingCommand.End.UNAVAILABLE, error);
        }
        if (RedisErrors.is(error, "READONLY")) {
            // A master that has become a replica under the connection; the address may lead to another by now.
            connector.abandon();
        }
    }

    @Override
    public void timedOut(PendingCommand pending) {
        counters.timeouts.increment();
        boolean opened = breaker.timedOut(pending.timeoutMillis);
        pending.settle(PendingCommand.End.TIMEOUT, null);
        if (opened) {
            proofs.probe();
        }
    }

    @Override
    public void silent() {
        counters.droppedSilent.increment();
        LOG.warn("A Redis connection has gone silent; connecting anew");
        connector.abandon();
    }

    @Override
    public void connected(RedisConnection fresh, LinkTarget.Verdict verdict) {
        connection = fresh;
        proofs.begin(fresh);
        proven(verdict);
    }

    @Override
    public void disconnected() {
        state = State.DOWN;
        connection = null;
        proofs.end();
        inFlight.endAll();
    }

    @Override
    public void proven(LinkTarget.Verdict verdict) {
        if (verdict == LinkTarget.Verdict.WRONG) {
            connector.abandon();
            return;
        }
        State before = state;
        state = verdict == LinkTarget.Verdict.RIGHT ? State.READY : State.UNMARKED;
        if (state == State.UNMARKED && before != State.UNMARKED) {
            counters.unmarked.increment();
            LOG.error("This Redis does not carry the mark of the region: nothing is read from it until it is marked");
        }
    }
}
