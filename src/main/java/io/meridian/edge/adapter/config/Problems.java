package io.meridian.edge.adapter.config;

import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong. Bounded: past {@value #MAX} problems the others are only counted. */
final class Problems {
    /** More would help nobody. */
    static final int MAX = 1_000;

    private final List<Problem> found = new ArrayList<>();
    private final Set<String> lost = new HashSet<>();
    private int leftOut;

    void add(Where where, String code, String message, String advice) {
        if (found.size() < MAX) {
            found.add(new Problem(where.file(), where.line(), where.column(), code, message, advice));
        } else {
            leftOut++;
        }
    }

    /** Notes a file some or all of whose names are not known: what others call by them is not missing for sure. */
    void lost(String file) {
        lost.add(file);
    }

    Set<String> lost() {
        return Set.copyOf(lost);
    }

    /** Of all, those left out too. */
    int count() {
        return found.size() + leftOut;
    }

    /** What was found; if some was left out, a last one says how much. */
    List<Problem> all() {
        List<Problem> all = new ArrayList<>(found);
        if (leftOut > 0) {
            all.add(Problem.leftOut(leftOut));
        }
        return List.copyOf(all);
    }
}
