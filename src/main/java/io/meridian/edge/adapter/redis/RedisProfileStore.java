package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.core.profile.ProfileStore;
import io.meridian.edge.core.profile.ReadPlan;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;

/**
 * Reads profiles from Redis: one command per read, never a write.
 *
 * <p>Where the live signals allow what is wanted, that is an MGET of the stored consent and the classes; the caller holds a stored
 * refusal against what came. Where they are silent about a class, it is a script that asks the stored consent first and returns only what
 * it permits; a class that is not silent is returned as in an MGET. After an erasure nothing but the tombstone comes.
 *
 * <p>A caller on an event loop is told on it, in its own context; any other caller is told on some event loop.
 */
public final class RedisProfileStore implements ProfileStore, AutoCloseable {
    private static final byte[] ALWAYS = "-1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[][] NUMBERS = new byte[Purpose.ALL_BITS + 1][];

    static {
        for (int i = 0; i < NUMBERS.length; i++) {
            NUMBERS[i] = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final Pseudonymiser pseudonymiser;
    private final RedisRoutes routes;
    private final RedisCounters counters;
    private final ThreadLocal<ProfileDecoder> decoders = ThreadLocal.withInitial(ProfileDecoder::new);

    /** Begins to connect at once. */
    public RedisProfileStore(
            Vertx vertx,
            RedisSettings settings,
            RegionMarker marker,
            Pseudonymiser pseudonymiser,
            RedisCounters counters) {
        this.pseudonymiser = pseudonymiser;
        this.counters = counters;
        this.routes = RedisRoutes.perEventLoop(vertx, settings, marker, Scripts.READING, counters);
    }

    /** True if every event loop reaches every subject, in a Redis with the region's mark. */
    public boolean ready() {
        return routes.ready();
    }

    @Override
    public void read(ReadPlan plan, Profile into, int timeoutMillis, Listener listener) {
        ContextInternal caller = ContextInternal.current();
        if (caller != null && caller.nettyEventLoop().inEventLoop()) {
            Route route = routes.of(caller.nettyEventLoop());
            if (route != null) {
                start(route, caller, plan, into, timeoutMillis, listener);
                return;
            }
        }
        Route route = routes.any();
        route.context().runOnContext(ignored -> start(route, route.context(), plan, into, timeoutMillis, listener));
    }

    private void start(
            Route route, ContextInternal caller, ReadPlan plan, Profile into, int timeoutMillis, Listener listener) {
        PendingRead pending = new PendingRead(caller, plan, into, listener, decoders.get(), counters);
        byte[] prefix = pseudonymiser.prefix(plan.subject());
        Request request = plan.asksStoredConsent() ? askFirst(plan, prefix) : direct(plan, prefix);
        route.send(prefix, request, pending, timeoutMillis);
        pending.started();
    }

    /** Ends the connections; reads in flight end unavailable. */
    @Override
    public void close() {
        routes.close();
    }

    private static Request direct(ReadPlan plan, byte[] prefix) {
        Request request = Request.cmd(Command.MGET).arg(Pseudonymiser.consentKey(prefix));
        addClassKeys(request, plan.classes(), prefix);
        return request;
    }

    private static Request askFirst(ReadPlan plan, byte[] prefix) {
        int classes = plan.classes();
        Request request = Request.cmd(Command.EVALSHA)
                .arg(Scripts.READ.digest())
                .arg(number(1 + Integer.bitCount(classes)))
                .arg(Pseudonymiser.consentKey(prefix));
        addClassKeys(request, classes, prefix);
        for (int i = 0; i < DataClass.count(); i++) {
            int bit = 1 << i;
            if ((classes & bit) != 0) {
                request.arg((plan.silent() & bit) != 0 ? number(plan.ifGiven()[i]) : ALWAYS);
                request.arg(number(plan.ifExplicit()[i]));
                request.arg(number(plan.unlessRefused()[i]));
            }
        }
        return request;
    }

    private static void addClassKeys(Request request, int classes, byte[] prefix) {
        for (int i = 0; i < DataClass.count(); i++) {
            if ((classes & 1 << i) != 0) {
                request.arg(Pseudonymiser.classKey(prefix, i));
            }
        }
    }

    private static byte[] number(int mask) {
        return NUMBERS[mask];
    }
}
