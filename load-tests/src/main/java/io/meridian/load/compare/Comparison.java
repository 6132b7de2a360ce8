package io.meridian.load.compare;

import io.meridian.load.compare.Measure.Sense;
import io.meridian.load.compare.Row.Verdict;
import io.meridian.load.compare.Side.Number;
import io.meridian.load.results.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Holds the runs after a change against those before it. */
final class Comparison {
    /** So many times what runs usually differ by is chance. */
    private static final double SPREADS = 3;

    /** Where the client itself stalled so many times as long, and so much longer, the machine was another. */
    private static final double UNLIKE_TIMES = 2;

    private static final double UNLIKE_MILLIS = 2;

    /** A share of failed calls that no busier machine explains. */
    private static final double UNLIKE_FAILED = 0.05;

    private static final String STALLS = "clientStallP99Millis";
    private static final String CPU_PER_CALL = "cpuMicrosPerCall";
    private static final String CAPACITY = "capacity";

    private final Side before;
    private final Side after;
    private final Limits limits;
    private final boolean alike;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    private Comparison(Side before, Side after, Limits limits) {
        this.before = before;
        this.after = after;
        this.limits = limits;
        this.alike = alike(before.figure(STALLS), after.figure(STALLS));
    }

    /** Compares; {@link NotComparable} if the runs are of different simulations, rates, mixes or seeds. */
    static Comparison of(Side before, Side after, Limits limits) throws NotComparable {
        requireSame(before, after);
        Comparison comparison = new Comparison(before, after, limits);
        List<String> phases = new ArrayList<>(before.phases());
        phases.retainAll(after.phases());
        for (String phase : phases) {
            comparison.comparePhase(phase);
        }
        comparison.compareFigures();
        if (!comparison.alike && comparison.rows.stream().noneMatch(Comparison::isCpu)) {
            throw new NotComparable("the machine was busier on one side (" + STALLS
                    + "), and there is no CPU time to go by instead: repeat the runs, with -Dmanagement");
        }
        return comparison;
    }

    /** All numbers, in the order of phases, kinds and measures, figures last. */
    List<Row> rows() {
        return rows;
    }

    /**
     * Whether the machine had about as much time for the client on both sides. If not, it had not for the service either: then only the CPU
     * time per call is judged, and whether many calls fail.
     */
    boolean alike() {
        return alike;
    }

    /** Kinds of calls that had good answers before and have none now, with their phase. */
    List<String> missing() {
        return missing;
    }

    /** Whether something is worse. */
    boolean regressed() {
        return !missing.isEmpty() || rows.stream().anyMatch(row -> row.verdict() == Verdict.WORSE);
    }

    private static void requireSame(Side before, Side after) throws NotComparable {
        RunResult first = before.runs().get(0);
        List<RunResult> all = new ArrayList<>(before.runs());
        all.addAll(after.runs());
        for (RunResult run : all) {
            if (!run.simulation().equals(first.simulation())) {
                throw new NotComparable(
                        "runs of different simulations: %s and %s".formatted(first.simulation(), run.simulation()));
            }
            requireSame(first.setup(), run.setup());
        }
    }

    private static void requireSame(Map<String, String> one, Map<String, String> other) throws NotComparable {
        TreeSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        for (String name : names) {
            if (!String.valueOf(one.get(name)).equals(String.valueOf(other.get(name)))) {
                throw new NotComparable(
                        "runs of a different %s: %s and %s".formatted(name, one.get(name), other.get(name)));
            }
        }
    }

    private static boolean alike(Optional<Number> before, Optional<Number> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return true;
        }
        double less = Math.min(before.get().middle(), after.get().middle());
        double more = Math.max(before.get().middle(), after.get().middle());
        return more <= less * UNLIKE_TIMES || more - less <= UNLIKE_MILLIS;
    }

    private void comparePhase(String phase) {
        for (String kind : before.kinds(phase)) {
            if (before.good(phase, kind) > 0 && after.good(phase, kind) == 0) {
                missing.add(phase + ", " + kind);
                continue;
            }
            for (Measure measure : Measure.values()) {
                Optional<Number> old = before.number(phase, kind, measure::of);
                Optional<Number> now = after.number(phase, kind, measure::of);
                if (old.isPresent() && now.isPresent()) {
                    rows.add(row(phase, kind, measure, old.get(), now.get()));
                }
            }
        }
    }

    private Row row(String phase, String kind, Measure measure, Number old, Number now) {
        boolean judged = alike || measure == Measure.FAILED;
        boolean enough = judged && Math.min(before.fewest(phase, kind), after.fewest(phase, kind)) >= measure.samples();
        double given = alike ? limits.of(measure) : Math.max(limits.of(measure), UNLIKE_FAILED);
        double limit = limit(given, old, measure.sense());
        double change = change(old, now, measure.sense());
        boolean small = measure.sense() == Sense.AT_MOST_TIMES && now.middle() - old.middle() < limits.floorMillis();
        Verdict verdict = enough ? verdict(change, limit, measure.sense()) : Verdict.UNJUDGED;
        return new Row(
                phase,
                kind,
                measure.label(),
                old.middle(),
                now.middle(),
                change,
                limit,
                verdict == Verdict.WORSE && small ? Verdict.SAME : verdict);
    }

    private void compareFigures() {
        for (String name : before.figures()) {
            Optional<Number> old = before.figure(name);
            Optional<Number> now = after.figure(name);
            if (old.isPresent() && now.isPresent()) {
                rows.add(figure(name, old.get(), now.get()));
            }
        }
    }

    private Row figure(String name, Number old, Number now) {
        Sense sense = name.equals(CAPACITY) ? Sense.AT_LEAST_TIMES : Sense.AT_MOST_TIMES;
        double change = change(old, now, sense);
        double limit = limit(name.equals(CAPACITY) ? limits.capacity() : limits.cpu(), old, sense);
        boolean judged = alike && name.equals(CAPACITY) || isCpu(name);
        Verdict verdict = judged ? verdict(change, limit, sense) : Verdict.UNJUDGED;
        return new Row("", "", name, old.middle(), now.middle(), change, limit, verdict);
    }

    private static boolean isCpu(Row row) {
        return row.kind().isEmpty() && isCpu(row.what());
    }

    private static boolean isCpu(String figure) {
        return figure.endsWith(CPU_PER_CALL);
    }

    private static double change(Number old, Number now, Sense sense) {
        if (sense == Sense.AT_MOST_MORE) {
            return now.middle() - old.middle();
        }
        return old.middle() == 0 ? Double.NaN : now.middle() / old.middle();
    }

    /** The limit as given, or what runs before the change already differed by if that is more. */
    private static double limit(double given, Number old, Sense sense) {
        return switch (sense) {
            case AT_MOST_TIMES -> Math.max(given, 1 + SPREADS * old.spread());
            case AT_LEAST_TIMES -> Math.min(given, Math.max(0, 1 - SPREADS * old.spread()));
            case AT_MOST_MORE -> given + SPREADS * old.spread() * old.middle();
        };
    }

    private static Verdict verdict(double change, double limit, Sense sense) {
        if (Double.isNaN(change)) {
            return Verdict.UNJUDGED;
        }
        boolean worse = sense == Sense.AT_LEAST_TIMES ? change < limit : change > limit;
        return worse ? Verdict.WORSE : Verdict.SAME;
    }
}
