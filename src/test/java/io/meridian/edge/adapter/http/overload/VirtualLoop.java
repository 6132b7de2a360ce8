package io.meridian.edge.adapter.http.overload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * An event loop as a lane sees one, in a time of its own: what is asked waits in sockets until the loop comes round, is looked at, waits for
 * a store without costing anything, and is then worked on. Turning somebody away costs as well.
 */
final class VirtualLoop {
    private record Timed(long at, Runnable what) {}

    private record Call(long due, Urgency urgency) {}

    /** Nanoseconds each. */
    static final long LOOK = 40_000;

    final List<Long> latencies = new ArrayList<>();
    final int[] answered = new int[Urgency.values().length];
    final int[] refused = new int[Urgency.values().length];
    final Lane lane;
    private final ConcurrencyLimit limit;
    private final long work;
    private final long store;
    private final SplittableRandom random;
    private final PriorityQueue<Timed> timers = new PriorityQueue<>(Comparator.comparingLong(Timed::at));
    private final PriorityQueue<Timed> replies = new PriorityQueue<>(Comparator.comparingLong(Timed::at));
    private final ArrayDeque<Call> sockets = new ArrayDeque<>();
    private long now;

    /**
     * @param work that an answer takes, nanoseconds
     * @param store how long an answer waits for the store, nanoseconds; 0 if it needs none and is given in the turn in which it is asked for
     */
    VirtualLoop(long wanted, long work, long store, long seed) {
        this.limit = new ConcurrencyLimit(wanted, 0);
        this.lane = new Lane(
                (what, delay, unit) -> timers.add(new Timed(now + unit.toNanos(delay), what)), () -> now, limit);
        this.work = work;
        this.store = store;
        this.random = new SplittableRandom(seed);
    }

    /** How many answers a second it could give if nobody was in the way. */
    double capacity() {
        return 1e9 / (work + LOOK);
    }

    int limit() {
        return limit.limit();
    }

    /** Calls come at random moments at that rate for so long; every nth of the urgency of n in the list. */
    void run(double perSecond, long millis, Urgency... urgencies) {
        latencies.clear();
        Arrays.fill(answered, 0);
        Arrays.fill(refused, 0);
        long end = now + TimeUnit.MILLISECONDS.toNanos(millis);
        long next = now;
        int count = 0;
        while (now < end) {
            for (; next <= now; next += gap(perSecond)) {
                sockets.add(new Call(next, urgencies[count++ % urgencies.length]));
            }
            if (!turn()) {
                now = Math.min(next, Math.min(first(timers), first(replies)));
            }
        }
    }

    private long gap(double perSecond) {
        return (long) Math.ceil(-Math.log(1 - random.nextDouble()) * 1e9 / perSecond);
    }

    private static long first(PriorityQueue<Timed> queue) {
        return queue.isEmpty() ? Long.MAX_VALUE : queue.peek().at();
    }

    /** One turn of the loop: what was ready when it began, then the timers that are due. False if there was nothing. */
    private boolean turn() {
        List<Timed> ready = due(replies);
        int waiting = sockets.size();
        ready.forEach(reply -> reply.what().run());
        for (int i = 0; i < waiting; i++) {
            look(sockets.remove());
        }
        List<Timed> late = due(timers);
        late.forEach(timer -> timer.what().run());
        return !ready.isEmpty() || waiting > 0 || !late.isEmpty();
    }

    private List<Timed> due(PriorityQueue<Timed> queue) {
        List<Timed> due = new ArrayList<>();
        while (first(queue) <= now) {
            due.add(queue.remove());
        }
        return due;
    }

    private void look(Call call) {
        now += LOOK;
        if (!lane.takes(call.urgency())) {
            refused[call.urgency().ordinal()]++;
            return;
        }
        lane.enter();
        if (store == 0) {
            answer(call);
        } else {
            replies.add(new Timed(now + store, () -> answer(call)));
        }
    }

    private void answer(Call call) {
        now += work;
        lane.leave();
        answered[call.urgency().ordinal()]++;
        latencies.add(now - call.due());
    }

    /** Answers a second over the time of a run. */
    double perSecond(long millis) {
        return latencies.size() * 1000.0 / millis;
    }

    /** Nanoseconds from when a call was due to its answer. */
    long percentile(double share) {
        return latencies.stream()
                .sorted()
                .skip((long) (share * (latencies.size() - 1)))
                .findFirst()
                .orElse(0L);
    }
}
