package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.state.AuditEvent.What;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Callers that were turned away, on their way into the audit: the first at once, the same caller for the same reason after that once a minute
 * with how often. So nobody fills the disk by knocking.
 */
final class RefusalTally {
    /** How often the tally is looked through. */
    static final long WRITE_MILLIS = 100;

    /** Of more callers and reasons at once the rest are counted together. */
    static final int MAX_KINDS = 256;

    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private record Kind(String who, String code) {}

    /** How often since it was written last, and when that was. */
    private static final class Count {
        private long open;
        private boolean told;
        private long written;
    }

    private final Ledger ledger;
    private final LongSupplier nanos;
    private final Map<Kind, Count> kinds = new HashMap<>();

    /** @param nanos time since any moment; not the wall clock, which is set back and forth */
    RefusalTally(Ledger ledger, LongSupplier nanos) {
        this.ledger = ledger;
        this.nanos = nanos;
    }

    /** On any thread; never waits for the disk. */
    synchronized void note(String who, String code) {
        Kind kind = new Kind(who, code);
        if (!kinds.containsKey(kind) && kinds.size() >= MAX_KINDS) {
            kind = new Kind("others", code);
        }
        kinds.computeIfAbsent(kind, none -> new Count()).open++;
    }

    /** On the thread of activations. */
    void write() {
        due().forEach((kind, count) -> ledger.note(
                What.REFUSED,
                new Origin(Origin.Via.PUSH, kind.who(), ""),
                Ledger.About.NOTHING,
                kind.code(),
                null,
                count));
    }

    private synchronized Map<Kind, Long> due() {
        long now = nanos.getAsLong();
        Map<Kind, Long> due = new HashMap<>();
        kinds.forEach((kind, count) -> {
            boolean quiet = count.told && now - count.written < QUIET_NANOS;
            if (count.open > 0 && !quiet) {
                due.put(kind, count.open);
                count.open = 0;
                count.told = true;
                count.written = now;
            }
        });
        kinds.values().removeIf(count -> count.open == 0 && now - count.written >= QUIET_NANOS);
        return due;
    }
}
