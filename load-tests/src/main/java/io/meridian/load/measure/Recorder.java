package io.meridian.load.measure;

import io.meridian.load.results.KindResult;
import io.meridian.load.results.PhaseResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what becomes of calls, per phase and kind. A call belongs to the phase in which it began, wherever its answer falls. Many threads
 * may report at once.
 */
public final class Recorder {
    /** What a call ended as. */
    public enum Outcome {
        GOOD,
        DEGRADED,
        SHED,
        FAILED
    }

    private static final long NOT_STARTED = Long.MIN_VALUE;

    private final List<Phase> phases;
    private final long[] ends;
    private final Tally[][] tallies;
    private final List<String> kinds;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong start = new AtomicLong(NOT_STARTED);

    /**
     * @param phases in the order in which they follow each other
     * @param kinds the names of the kinds of calls
     */
    public Recorder(List<Phase> phases, List<String> kinds) {
        this.phases = List.copyOf(phases);
        this.kinds = List.copyOf(kinds);
        this.ends = new long[phases.size()];
        this.tallies = new Tally[phases.size()][kinds.size()];
        long end = 0;
        for (int phase = 0; phase < ends.length; phase++) {
            end += phases.get(phase).length().toNanos();
            ends[phase] = end;
            for (int kind = 0; kind < kinds.size(); kind++) {
                tallies[phase][kind] = new Tally();
            }
        }
    }

    /** A call begins, {@link System#nanoTime()}; with the first one begins the first phase. */
    public void begins(int kind, long nanos) {
        if (start.get() == NOT_STARTED) {
            start.compareAndSet(NOT_STARTED, nanos);
        }
        begun.incrementAndGet();
        tallies[phaseAt(nanos)][kind].sent();
    }

    /** A call that began then has ended. */
    public void ends(int kind, long beginNanos, long endNanos, Outcome outcome) {
        tallies[phaseAt(beginNanos)][kind].ended(outcome, endNanos - beginNanos);
        ended.incrementAndGet();
    }

    /** Calls without an answer yet. */
    public long underWay() {
        return begun.get() - ended.get();
    }

    /** The number of the phase at that time; the first one's before it has begun, the last one's when all are over. */
    public int phaseAt(long nanos) {
        long at = start.get() == NOT_STARTED ? 0 : nanos - start.get();
        int phase = 0;
        while (phase < ends.length - 1 && at >= ends[phase]) {
            phase++;
        }
        return phase;
    }

    /** Whether all phases are over. */
    public boolean isOver(long nanos) {
        return start.get() != NOT_STARTED && nanos - start.get() >= ends[ends.length - 1];
    }

    /** The figures of the first {@code count} phases. */
    public List<PhaseResult> results(int count) {
        List<PhaseResult> results = new ArrayList<>(count);
        for (int phase = 0; phase < count; phase++) {
            results.add(result(phase));
        }
        return results;
    }

    /** The figures of one phase so far. Kinds of which no call was sent are left out. */
    public PhaseResult result(int phase) {
        Phase planned = phases.get(phase);
        double seconds = planned.length().toNanos() / 1e9;
        Tally all = new Tally();
        Map<String, KindResult> results = new LinkedHashMap<>();
        results.put(PhaseResult.ALL, all.result(seconds));
        for (int kind = 0; kind < kinds.size(); kind++) {
            Tally tally = tallies[phase][kind];
            all.add(tally);
            KindResult result = tally.result(seconds);
            if (result.sent() > 0) {
                results.put(kinds.get(kind), result);
            }
        }
        results.put(PhaseResult.ALL, all.result(seconds));
        return new PhaseResult(planned.name(), seconds, planned.rate(), results);
    }
}
