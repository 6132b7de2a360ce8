package io.meridian.edge.adapter.http.overload;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * One event loop: what it has under way, and how late it is.
 *
 * <p>A request that is answered in the turn of the loop in which it was read is never under way beside another, and yet the others of that turn wait for
 * it. So a lane is as full as the requests that are under way, or those that were begun since the timer last fired if they are more.
 *
 * <p>The timer beats while there is something to control: requests beside each other or closely after each other, or some that were turned
 * away. A loop with little to do pays for one beat in a few requests. All methods are to be called on the loop, but for {@link #leave} and the numbers.
 */
final class Lane implements Runnable {
    private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** So many may begin one after the other without a beat. */
    private static final int FEW = 4;

    /** The event loop's timer. */
    interface Timer {
        void schedule(Runnable what, long delay, TimeUnit unit);
    }

    private final Timer timer;
    private final LongSupplier nanoClock;
    private final ConcurrencyLimit limit;
    private final AtomicInteger underWay = new AtomicInteger();
    private int most;
    private int begun;
    private boolean beating;
    private boolean busy;
    private long due;
    private long lastLate;

    Lane(Timer timer, LongSupplier nanoClock, ConcurrencyLimit limit) {
        this.timer = timer;
        this.nanoClock = nanoClock;
        this.limit = limit;
    }

    /** True if there is room for one more of this urgency. */
    boolean takes(Urgency urgency) {
        if (hasRoom(urgency)) {
            return true;
        }
        beat();
        return false;
    }

    /** The same, asked by one that does not want to begin. */
    boolean hasRoom(Urgency urgency) {
        return full() < limit.limit(urgency);
    }

    /** True if there is room for one that is under way already and turned out to be of this urgency. */
    boolean keeps(Urgency urgency) {
        return full() <= limit.limit(urgency);
    }

    /** Without a beat, nobody knows when those were begun. */
    private int full() {
        return beating ? Math.max(underWay.get(), begun) : underWay.get();
    }

    /** One more is under way. */
    void enter() {
        int now = underWay.incrementAndGet();
        if (now > most) {
            most = now;
        }
        begun++;
        if (now > 1 || begun > FEW) {
            beat();
        }
    }

    /** One less is. Any thread. */
    void leave() {
        underWay.decrementAndGet();
    }

    int underWay() {
        return underWay.get();
    }

    int limit() {
        return limit.limit();
    }

    /**
     * How long something that is read now may have waited already, nanoseconds: so long the loop has been busy with other things. Right after the timer
     * has fired, as long as it was late: the loop fires it at the end of a turn, and what came during that turn is read in the next.
     */
    long lateNanos(long now) {
        return beating ? Math.max(lastLate, now - due) : 0;
    }

    private void beat() {
        busy = true;
        if (!beating) {
            beating = true;
            long now = nanoClock.getAsLong();
            limit.resume(now);
            lastLate = 0;
            begun = 1;
            next(now);
        }
    }

    private void next(long now) {
        due = now + BEAT_NANOS;
        timer.schedule(this, BEAT_NANOS, TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        long now = nanoClock.getAsLong();
        lastLate = Math.max(0, now - due);
        limit.beat(now, lastLate, Math.max(most, begun));
        most = underWay.get();
        begun = 0;
        beating = busy || most > 1;
        busy = false;
        if (beating) {
            next(now);
        }
    }
}
