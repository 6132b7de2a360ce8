package io.meridian.edge.app.delivery;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** How often configurations came, and what became of them. */
public final class DeliveryCounters {
    /** An outcome by the way it came. */
    record Tried(Origin.Via via, String outcome) {}

    private static final List<Class<? extends Outcome>> OUTCOMES =
            List.of(Outcome.Activated.class, Outcome.Unchanged.class, Outcome.Staged.class, Outcome.Rejected.class);

    final LongAdder auditFailures = new LongAdder();
    final LongAdder pollFailures = new LongAdder();
    /** Every combination from the start: a rise from nothing to one is seen only in a series that was there before. */
    final Map<Tried, LongAdder> tried;

    private final ConcurrentMap<String, LongAdder> rejected = new ConcurrentHashMap<>();
    private volatile Listener listener = (code, count) -> {};

    public DeliveryCounters() {
        Map<Tried, LongAdder> all = new HashMap<>();
        for (Origin.Via via : Origin.Via.values()) {
            for (Class<? extends Outcome> outcome : OUTCOMES) {
                all.put(new Tried(via, word(outcome)), new LongAdder());
            }
        }
        tried = Map.copyOf(all);
    }

    private static String word(Class<? extends Outcome> outcome) {
        return outcome.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Told of codes that were not met before: they are few, for all are ours. */
    interface Listener {
        void rejected(String code, LongAdder count);
    }

    /** From now on told; also of what there is already. */
    void listen(Listener to) {
        listener = to;
        rejected.forEach(to::rejected);
    }

    void count(Origin origin, Outcome outcome) {
        Objects.requireNonNull(tried.get(new Tried(origin.via(), word(outcome.getClass()))))
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
