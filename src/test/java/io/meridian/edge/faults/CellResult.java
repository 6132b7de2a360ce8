package io.meridian.edge.faults;

import io.meridian.edge.core.model.Degradation;
import io.meridian.edge.faults.FaultKind.Limit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What came of a cell.
 *
 * @param recoveryMillis how long after the fault ended answers were not yet personal; -1 if they never were again
 * @param writesMillis the same of writes
 * @param counted what the service counted meanwhile
 * @param faults what should not have been; empty if all is well
 */
record CellResult(
        Cell cell,
        Tally tally,
        long recoveryMillis,
        long writesMillis,
        Metrics.Difference counted,
        List<String> faults) {

    /** How soon a region is whole again. */
    private static final long MOST_MILLIS = 2000;

    /** Of calls that no fault may touch one in so many may be, by a pause of a virtual machine or of the whole one. */
    private static final int NOISE = 50;

    /** A cell that could not be run to its end. */
    static CellResult broken(Cell cell, Throwable why) {
        CellResult result = new CellResult(
                cell, new Tally((visit, subject) -> {}), -1, -1, new Metrics.Difference(0, 0), new ArrayList<>());
        StringWriter trace = new StringWriter();
        why.printStackTrace(new PrintWriter(trace));
        result.faults.add(trace.toString());
        return result;
    }

    void judge(List<String> lost) {
        faults.addAll(tally.breaches());
        lost.forEach(what -> faults.add("accepted, and lost: " + what));
        if (recoveryMillis < 0) {
            faults.add("answers do not become personal again");
        }
        if (writesMillis < 0) {
            faults.add("writes are not taken again");
        }
        for (Map.Entry<Degradation, Integer> code : tally.degraded().entrySet()) {
            if (!cell.kind().costs().contains(code.getKey()) && !FaultKind.UNREAD.contains(code.getKey())) {
                faults.add(code.getValue() + " answers are degraded by " + code.getKey());
            }
        }
        if (!cell.kind().allows(Limit.RECORDS) && counted.dropped() > 0) {
            faults.add(counted.dropped() + " records are dropped");
        }
    }

    /** What took too long, on a machine that has nothing else to do. */
    List<String> tooSlow() {
        List<String> slow = new ArrayList<>();
        long millis = Math.max(recoveryMillis, writesMillis);
        if (millis > MOST_MILLIS) {
            slow.add("whole again only after " + millis + " ms");
        }
        if (cell.kind().costs().isEmpty() && tally.degradedCalls() > tally.calls() / NOISE) {
            slow.add(tally.degradedCalls() + " answers are degraded by a fault that should cost none");
        }
        if (!cell.kind().allows(Limit.WRITES) && tally.refusedWrites() > tally.calls() / NOISE) {
            slow.add(tally.refusedWrites() + " writes are refused");
        }
        return slow;
    }

    boolean fine() {
        return faults.isEmpty();
    }
}
