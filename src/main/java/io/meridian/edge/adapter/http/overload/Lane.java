package io.meridian.edge.adapter.http.overload;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * One event loop: what it has under way, and how late it is.
 *
 * <p>A timer beats while there is something to control: requests beside each other, or some that were turned away. A loop with one request
 * at a time pays nothing. All methods are to be called on the loop, but for {@link #leave} and the numbers.
 */
final class Lane implements Runnable {
    private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** The event loop's timer. */
    interface Timer {
        void schedule(Runnable what, long delay, TimeUnit unit);
    }

    private final Timer timer;
    private final LongSupplier nanoClock;
    private final ConcurrencyLimit limit;
    private final AtomicInteger underWay = new AtomicInteger();
    private int most;
    private boolean beating;
    private boolean busy;
    private long due;

    Lane(Timer timer, LongSupplier nanoClock, ConcurrencyLimit limit) {
        this.timer = timer;
        this.nanoClock = nanoClock;
        this.limit = limit;
    }

    /** True if there is room for one more of this urgency. */
    boolean takes(Urgency urgency) {
        if (underWay.get() < limit.limit(urgency)) {
            return true;
        }
        beat();
        return false;
    }

    /** True if there is room for one that is under way already and turned out to be of this urgency. */
    boolean keeps(Urgency urgency) {
        return underWay.get() <= limit.limit(urgency);
    }

    /** One more is under way. */
    void enter() {
        int now = underWay.incrementAndGet();
        if (now > most) {
            most = now;
        }
        if (now > 1) {
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

    /** How long something that is read now may have waited already, nanoseconds: so long the loop has been busy with other things. */
    long lateNanos(long now) {
        return beating ? Math.max(0, now - due) : 0;
    }

    private void beat() {
        busy = true;
        if (!beating) {
            beating = true;
            long now = nanoClock.getAsLong();
            limit.resume(now);
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
        limit.beat(now, now - due, most);
        most = underWay.get();
        beating = busy || most > 1;
        busy = false;
        if (beating) {
            next(now);
        }
    }
}
