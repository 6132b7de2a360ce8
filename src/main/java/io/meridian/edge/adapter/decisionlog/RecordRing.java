package io.meridian.edge.adapter.decisionlog;

import io.meridian.edge.core.log.DecisionRecord;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of many producers and one consumer that never makes a producer wait.
 *
 * <p>A producer claims the next position by compare-and-set, then puts its record there. The closed state is a bit of the same
 * word that positions are claimed from, so after {@link #close} no claim can succeed: the consumer knows how many records
 * are still to come.
 */
final class RecordRing {
    private static final long CLOSED = Long.MIN_VALUE;

    private final AtomicReferenceArray<@Nullable DecisionRecord> slots;
    private final int mask;
    /** Positions claimed so far; {@link #CLOSED} set when no more are given. */
    private final AtomicLong claimed = new AtomicLong();
    /** Positions consumed so far; written by the consumer only. */
    private final AtomicLong consumed = new AtomicLong();

    /** Room for at least this many records: the next power of two. */
    RecordRing(int capacity) {
        int size = Integer.highestOneBit(Math.max(2, capacity) - 1) << 1;
        this.slots = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
    }

    /** False, at once, if there is no room or the ring is closed. Any thread. */
    boolean offer(DecisionRecord record) {
        while (true) {
            long position = claimed.get();
            if (position < 0 || position - consumed.get() > mask) {
                return false;
            }
            if (claimed.compareAndSet(position, position + 1)) {
                slots.setRelease((int) position & mask, record);
                return true;
            }
        }
    }

    /** The oldest record, or null if none is ready. The consumer only. */
    @Nullable
    DecisionRecord poll() {
        long position = consumed.get();
        int index = (int) position & mask;
        DecisionRecord record = slots.getAcquire(index);
        if (record != null) {
            slots.setPlain(index, null);
            consumed.setRelease(position + 1);
        }
        return record;
    }

    /** How many records were claimed and not consumed; right at some moment during the call. */
    int size() {
        return (int) Math.max(0, (claimed.get() & ~CLOSED) - consumed.get());
    }

    int capacity() {
        return mask + 1;
    }

    /** Lets no further record in. What is in stays for the consumer. */
    void close() {
        claimed.getAndUpdate(position -> position | CLOSED);
    }

    boolean closed() {
        return claimed.get() < 0;
    }
}
