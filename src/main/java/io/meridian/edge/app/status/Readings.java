package io.meridian.edge.app.status;

import io.meridian.edge.adapter.http.times.DecisionTimes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The readings of the last minutes. Safe for use by any thread. */
final class Readings {
    /** How often one is kept. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Five minutes of them, and the one before. */
    static final int MOST = 31;

    private final MeterRegistry registry;
    private final DecisionTimes times;
    private final Deque<Reading> kept = new ArrayDeque<>();

    Readings(MeterRegistry registry, DecisionTimes times) {
        this.registry = registry;
        this.times = times;
        kept.add(Reading.zero(System.nanoTime()));
    }

    /** Keeps one, and lets go of the oldest. */
    void keep() {
        keep(now());
    }

    synchronized void keep(Reading reading) {
        if (kept.size() == MOST) {
            kept.removeFirst();
        }
        kept.addLast(reading);
    }

    /** What the metrics say now. */
    Reading now() {
        return Reading.take(registry, times);
    }

    /** From the youngest kept reading that is at least so old, or the oldest there is, until now. */
    synchronized Window last(Duration age, Reading now) {
        for (Iterator<Reading> readings = kept.descendingIterator(); readings.hasNext(); ) {
            Reading reading = readings.next();
            if (now.nanos() - reading.nanos() >= age.toNanos()) {
                return new Window(reading, now);
            }
        }
        return new Window(kept.getFirst(), now);
    }
}
