package io.meridian.edge.app.delivery;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** How often configurations came, and what became of them. */
public final class DeliveryCounters {
    /** An outcome by the way it came. */
    record Tried(Origin.Via via, String outcome) {}

    final LongAdder auditFailures = new LongAdder();
    final LongAdder pollFailures = new LongAdder();
    private final ConcurrentMap<Tried, LongAdder> tried = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> rejected = new ConcurrentHashMap<>();
    private volatile Listener listener = new Listener() {};

    /** Told of combinations that were not met before: they are few, for all their parts are ours. */
    interface Listener {
        default void tried(Tried tried, LongAdder count) {}

        default void rejected(String code, LongAdder count) {}
    }

    /** From now on told; also of what there is already. */
    void listen(Listener to) {
        listener = to;
        tried.forEach(to::tried);
        rejected.forEach(to::rejected);
    }

    void count(Origin origin, Outcome outcome) {
        String word = outcome.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        tried.computeIfAbsent(new Tried(origin.via(), word), key -> {
                    LongAdder count = new LongAdder();
                    listener.tried(key, count);
                    return count;
                })
                .increment();
        if (outcome instanceof Outcome.Rejected refused) {
            rejected(refused.code());
        }
    }

    /** Something was refused. */
    void rejected(String code) {
        rejected.computeIfAbsent(code, key -> {
                    LongAdder count = new LongAdder();
                    listener.rejected(key, count);
                    return count;
                })
                .increment();
    }
}
