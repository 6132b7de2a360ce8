package io.meridian.edge.core;

import io.meridian.edge.core.model.CandidateTrace;
import io.meridian.edge.core.model.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what became of each candidate, for callers who asked. Silent, and free, for all others. */
final class Trace {
    private boolean on;
    private boolean factors;
    private final List<List<CandidateTrace>> byPlacement = new ArrayList<>();

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

    void scored(int placement, String offer, Verdict verdict, String because, CandidateTrace.Factors how) {
        byPlacement.get(placement).add(new CandidateTrace(offer, verdict, because, null, factors ? how : null));
    }

    /** @param by id of the suppression or cap behind it, null if there is none */
    void out(int placement, String offer, Verdict verdict, String because, @Nullable String by) {
        byPlacement.get(placement).add(new CandidateTrace(offer, verdict, because, by, null));
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
