package io.meridian.edge.core;

import io.meridian.edge.core.model.CandidateTrace;
import io.meridian.edge.core.model.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what became of candidates, for callers who asked. Silent, and free, for all others.
 *
 * <p>Of a placement with very many candidates it tells of the most its reader may have: those that are shown, then those that could be, then others.
 */
final class Trace {
    /** The most of one placement that an answer tells of. */
    static final int MOST = 500;

    private final int most;
    private boolean on;
    private boolean factors;
    private final List<List<CandidateTrace>> byPlacement = new ArrayList<>();

    /** @param most candidates of one placement that are told of; those that are shown are told of in any case */
    Trace(int most) {
        this.most = most;
    }

    void start(int placements, boolean withFactors) {
        on = true;
        factors = withFactors;
        for (int i = 0; i < placements; i++) {
            byPlacement.add(new ArrayList<>());
        }
    }

    void clear() {
        on = false;
        factors = false;
        byPlacement.clear();
    }

    boolean on() {
        return on;
    }

    /** True if a placement takes so many more. */
    boolean takes(int placement, int more) {
        return byPlacement.get(placement).size() + more <= most;
    }

    void scored(int placement, String offer, Verdict verdict, String because, CandidateTrace.Factors how) {
        add(placement, new CandidateTrace(offer, verdict, because, null, factors ? how : null));
    }

    /** @param by id of the suppression or cap behind it, null if there is none */
    void out(int placement, String offer, Verdict verdict, String because, @Nullable String by) {
        add(placement, new CandidateTrace(offer, verdict, because, by, null));
    }

    private void add(int placement, CandidateTrace trace) {
        if (trace.verdict() == Verdict.SELECTED || takes(placement, 1)) {
            byPlacement.get(placement).add(trace);
        }
    }

    /** How many of a placement's candidates are not told of; 0 if nobody asked. */
    int leftOut(int placement, int candidates) {
        return on ? candidates - byPlacement.get(placement).size() : 0;
    }

    /** Null if nobody asked. */
    @Nullable
    List<CandidateTrace> of(int placement) {
        if (!on) {
            return null;
        }
        // Best news first; the sort is stable, so the outranked stay in the order of their scores.
        List<CandidateTrace> traces = byPlacement.get(placement);
        traces.sort(Comparator.comparing(CandidateTrace::verdict));
        return List.copyOf(traces);
    }
}
