package io.meridian.edge.adapter.http.overload;

import io.meridian.edge.adapter.http.times.Door;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.MultiMap;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is turned away because there is too much to do, and tells for how long those who are not have waited already.
 *
 * <p>Every event loop has its own limit, for its queue is its own. An event loop may be late by an eighth of the usual patience, so that
 * a request that has to wait in its socket, with its read of Redis for those before it, and then for those read with it, is still answered in time where the
 * processors are shared with others.
 */
public final class Overload {
    /** What share of the usual patience a request may wait for the event loop. */
    private static final int SHARE = 8;

    private static final String PRIORITY = "Priority";

    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private final ThreadLocal<@Nullable Lane> mine = new ThreadLocal<>();
    private final Counter[] shed = new Counter[Urgency.values().length];
    private final long wantedNanos;
    private final long youthNanos;
    private volatile boolean draining;

    /**
     * @param patienceMillis the usual patience of those who ask for decisions, 1 or more
     * @param youth how long an event loop is borne with after its first request, while its code is being compiled: it may use up the usual patience then; zero
     *     where there is nothing to compile
     */
    public Overload(MeterRegistry registry, int patienceMillis, Duration youth) {
        this.youthNanos = youth.toNanos();
        this.wantedNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis) / SHARE;
        for (Urgency urgency : Urgency.values()) {
            shed[urgency.ordinal()] = registry.counter("meridian.shed", "class", urgency.tag());
        }
        registry.gauge("meridian.concurrency.limit", lanes, all -> sum(all, Lane::limit));
        registry.gauge("meridian.concurrency.inflight", lanes, all -> sum(all, Lane::underWay));
    }

    /** How much hangs on a request. */
    public Urgency urgency(Door door, MultiMap headers, String subjectHeader) {
        return Urgency.of(door, headers.contains(subjectHeader)).lowered(headers.get(PRIORITY));
    }

    /** False if there is certainly room for a request on this event loop, of whatever urgency. */
    boolean nearlyFull() {
        Lane lane = mine.get();
        return lane != null && !lane.hasRoom(Urgency.BULK);
    }

    /** The service is about to end: callers are to be told so with every answer, and {@link EarlyRefusal} tells them nothing but to come again. */
    public void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    /** True if a request of that urgency may begin now, on this event loop; if not, it is counted. */
    public boolean takes(Urgency urgency) {
        if (lane().takes(urgency)) {
            return true;
        }
        shed[urgency.ordinal()].increment();
        return false;
    }

    /**
     * The request that is under way turned out to be of that urgency. Throws a problem of type {@link ProblemType#OVERLOADED} if for such a one
     * there is no room beside the others.
     */
    public void require(Urgency urgency) {
        Lane lane = mine.get();
        if (lane != null && !lane.keeps(urgency)) {
            shed[urgency.ordinal()].increment();
            throw new ProblemException(problem());
        }
    }

    /** What those are told who are turned away. */
    public static Problem problem() {
        return Problem.of(ProblemType.OVERLOADED, "try again after the time in Retry-After, or elsewhere");
    }

    /** A request begins on this event loop, until it is answered or its connection is gone. */
    public void enter(Visit visit) {
        visit.enter(lane());
    }

    /**
     * When a request was read, of which this thread has just got the last byte, by {@link System#nanoTime}: before now, if the event loop is
     * late.
     */
    public long readAt() {
        long now = System.nanoTime();
        Lane lane = mine.get();
        return lane == null ? now : now - lane.lateNanos(now);
    }

    /** That of this event loop. */
    Lane lane() {
        Lane lane = mine.get();
        if (lane == null) {
            EventExecutor loop = ContextInternal.current().nettyEventLoop();
            lane = new Lane(
                    loop::schedule,
                    System::nanoTime,
                    new ConcurrencyLimit(wantedNanos, System.nanoTime() + youthNanos));
            lanes.add(lane);
            mine.set(lane);
        }
        return lane;
    }

    private static double sum(List<Lane> lanes, ToIntFunction<Lane> number) {
        int sum = 0;
        for (Lane lane : lanes) {
            sum += number.applyAsInt(lane);
        }
        return sum;
    }
}
