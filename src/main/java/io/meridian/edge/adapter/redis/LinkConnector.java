package io.meridian.edge.adapter.redis;

import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes a link's connection, and makes it anew whenever it ends, after pauses that grow up to a limit. A connection counts only when it
 * has said who we are, has the scripts, and has answered the proof. Confined to an event loop.
 */
final class LinkConnector {
    /** Who is told. */
    interface Listener {
        /** @param verdict never WRONG */
        void connected(RedisConnection connection, LinkTarget.Verdict verdict);

        /** There is no connection any more; whatever still comes from it is to be ignored. */
        void disconnected();
    }

    private static final Logger LOG = Logger.getLogger(LinkConnector.class);

    private final ContextInternal context;
    private final RedisSettings settings;
    private final LinkTarget target;
    private final List<Script> scripts;
    private final RedisCounters counters;
    private final Listener listener;

    private boolean closed;
    private int generation;
    private int attempts;
    private boolean giving;
    /** Null until it is verified. */
    private @Nullable RedisConnection connection;

    private @Nullable Redis client;
    private @Nullable ScheduledFuture<?> patience;

    LinkConnector(
            ContextInternal context,
            RedisSettings settings,
            LinkTarget target,
            List<Script> scripts,
            RedisCounters counters,
            Listener listener) {
        this.context = context;
        this.settings = settings;
        this.target = target;
        this.scripts = scripts;
        this.counters = counters;
        this.listener = listener;
    }

    private static Request load(Script script) {
        return Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.source());
    }

    /** Redis has forgotten the scripts: gives them back. */
    void giveScripts() {
        RedisConnection to = connection;
        if (to != null && !giving && !scripts.isEmpty()) {
            giving = true;
            to.batch(scripts.stream().map(LinkConnector::load).toList()).onComplete(ignored -> giving = false);
        }
    }

    /** To be called once. */
    void start() {
        connect(generation);
    }

    /** Final. */
    void close() {
        closed = true;
        drop();
    }

    /** Ends the connection and makes another, to wherever the target is then. */
    void again() {
        drop();
        attempts = 0;
        connect(generation);
    }

    /** The connection is of no use: ends it, and makes another after a pause. */
    void abandon() {
        drop();
        target.troubled();
        retry();
    }

    private void connect(int asOf) {
        if (closed || asOf != generation) {
            return;
        }
        int attempt = ++generation;
        Endpoint endpoint = target.endpoint();
        if (endpoint == null) {
            // Who watches the topology says so.
            retry();
            return;
        }
        patience = context.nettyEventLoop()
                .schedule(() -> giveUp(attempt), settings.connectMillis(), TimeUnit.MILLISECONDS);
        // A file is read, off the event loop.
        context.dispatch(() -> context.executeBlocking(settings.access()::greeting, false)
                .onComplete(greeting -> {
                    if (attempt != generation) {
                        return;
                    }
                    if (greeting.succeeded()) {
                        connect(attempt, endpoint, greeting.result());
                    } else {
                        failed("cannot read the password file");
                    }
                }));
    }

    private void connect(int attempt, Endpoint endpoint, List<Request> greeting) {
        Redis connecting;
        try {
            connecting = Redis.createClient(context.owner(), settings.options(endpoint));
        } catch (RuntimeException e) {
            failed(e.getClass().getSimpleName());
            return;
        }
        client = connecting;
        connecting.connect().onComplete(result -> {
            if (attempt != generation) {
                connecting.close();
            } else if (result.failed()) {
                failed(RedisErrors.kind(result.cause()));
            } else {
                verify(attempt, result.result(), greeting);
            }
        });
    }

    private void verify(int attempt, RedisConnection fresh, List<Request> greeting) {
        fresh.endHandler(ignored -> lost(attempt));
        fresh.exceptionHandler(ignored -> lost(attempt));
        List<Request> handshake = new ArrayList<>(greeting);
        for (Script script : scripts) {
            handshake.add(load(script));
        }
        int before = handshake.size();
        handshake.addAll(target.proof());
        fresh.batch(handshake).onComplete(result -> {
            if (attempt != generation) {
                return;
            }
            if (result.failed()) {
                failed("it answers the handshake with " + RedisErrors.kind(result.cause()));
                return;
            }
            List<@Nullable Response> answers = result.result();
            LinkTarget.Verdict verdict = target.judge(answers.subList(before, answers.size()));
            if (verdict == LinkTarget.Verdict.WRONG) {
                failed("it is not the master");
            } else {
                verified(fresh, verdict);
            }
        });
    }

    private void verified(RedisConnection fresh, LinkTarget.Verdict verdict) {
        stopWaiting();
        giving = false;
        connection = fresh;
        counters.connected.increment();
        if (attempts > 0) {
            LOG.info("Redis is reached again");
        }
        attempts = 0;
        listener.connected(fresh, verdict);
    }

    /** The connection was not verified in time. */
    private void giveUp(int attempt) {
        if (attempt == generation) {
            failed("not verified in time");
        }
    }

    /** @param why never the library's message, which may hold what was sent and with it a password */
    private void failed(String why) {
        counters.failedConnects.increment();
        if (attempts == 0 && !closed) {
            LOG.warnf("Redis cannot be reached (%s); trying again until it can", why);
        }
        abandon();
    }

    private void lost(int attempt) {
        if (attempt == generation) {
            if (connection != null) {
                counters.lost.increment();
                abandon();
            } else {
                failed("it ended the connection");
            }
        }
    }

    private void retry() {
        if (closed) {
            return;
        }
        int asOf = generation;
        int shift = Math.min(attempts++, 16);
        long pause = Math.min((long) settings.reconnectMinMillis() << shift, settings.reconnectMaxMillis());
        long jittered = pause - ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        context.nettyEventLoop().schedule(() -> connect(asOf), jittered, TimeUnit.MILLISECONDS);
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
    }

    private void drop() {
        generation++;
        connection = null;
        stopWaiting();
        Redis ending = client;
        client = null;
        if (ending != null) {
            ending.close();
        }
        listener.disconnected();
    }
}
