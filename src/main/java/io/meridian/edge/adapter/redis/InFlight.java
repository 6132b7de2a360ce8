package io.meridian.edge.adapter.redis;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a link that Redis owes an answer, oldest first, those whose time has run out among them. Confined to an event loop.
 *
 * <p>Deadlines are swept once a millisecond while there are any, so that a command costs no timer of its own; a time-out may be late by
 * about two milliseconds. Where only answers are owed that nobody waits for, it is looked now and then whether the connection has gone
 * silent. A loop that comes late to the sweep has held up the answers as well: it reads them first.
 */
final class InFlight {
    /** Who is told. */
    interface Owner {
        /** The command's time has run out; it stays owed. */
        void timedOut(PendingCommand pending);

        /** Answers are owed and none has come for too long. */
        void silent();
    }

    private static final int QUICK_MILLIS = 1;
    private static final int SLOW_MILLIS = 50;
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final EventLoop loop;
    private final long silentNanos;
    private final Owner owner;
    private @Nullable PendingCommand oldest;
    private @Nullable PendingCommand newest;
    private int size;
    private long lastReplyNanos;
    private @Nullable ScheduledFuture<?> sweep;
    private boolean quick;
    private long dueNanos;
    private boolean postponed;

    InFlight(EventLoop loop, int silentMillis, Owner owner) {
        this.loop = loop;
        this.silentNanos = TimeUnit.MILLISECONDS.toNanos(silentMillis);
        this.owner = owner;
    }

    int size() {
        return size;
    }

    void add(PendingCommand pending, int timeoutMillis) {
        long now = System.nanoTime();
        if (size == 0) {
            lastReplyNanos = now;
        }
        pending.timeoutMillis = timeoutMillis;
        pending.deadlineNanos = now + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        pending.previous = newest;
        if (newest == null) {
            oldest = pending;
        } else {
            newest.next = pending;
        }
        newest = pending;
        size++;
        if (!quick) {
            schedule(true);
        }
    }

    /** Its answer has come, whatever it is. */
    void answered(PendingCommand pending) {
        lastReplyNanos = System.nanoTime();
        remove(pending);
    }

    void remove(PendingCommand pending) {
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
        size--;
    }

    /** No answer will come any more: ends all. */
    void endAll() {
        PendingCommand pending = oldest;
        oldest = null;
        newest = null;
        size = 0;
        while (pending != null) {
            PendingCommand following = pending.next;
            pending.sentOn = null;
            pending.settle(PendingCommand.End.UNAVAILABLE, null);
            pending = following;
        }
    }

    private void schedule(boolean soon) {
        if (sweep != null) {
            sweep.cancel(false);
        }
        quick = soon;
        int millis = soon ? QUICK_MILLIS : SLOW_MILLIS;
        dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        sweep = loop.schedule(this::sweep, millis, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        sweep = null;
        quick = false;
        long now = System.nanoTime();
        if (!postponed && now - dueNanos > LATE_NANOS) {
            // A timer set now fires in the loop's next turn, after the sockets were read.
            postponed = true;
            quick = true;
            sweep = loop.schedule(this::sweep, 0, TimeUnit.MILLISECONDS);
            return;
        }
        postponed = false;
        boolean waiting = false;
        PendingCommand pending = oldest;
        while (pending != null) {
            PendingCommand following = pending.next;
            if (!pending.settled) {
                if (pending.deadlineNanos <= now) {
                    owner.timedOut(pending);
                } else {
                    waiting = true;
                }
            }
            pending = following;
        }
        if (oldest != null && now - lastReplyNanos >= silentNanos) {
            owner.silent();
        }
        // Those told may have sent anew.
        if (oldest != null && !quick) {
            schedule(waiting);
        }
    }
}
