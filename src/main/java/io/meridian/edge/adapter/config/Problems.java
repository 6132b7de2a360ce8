package io.meridian.edge.adapter.config;

import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong. Bounded: past {@value #MAX} problems nothing more is kept. */
final class Problems {
    /** More would help nobody. */
    static final int MAX = 1_000;

    private final List<Problem> found = new ArrayList<>();
    private final Set<String> lost = new HashSet<>();

    void add(Where where, String code, String message, String advice) {
        if (found.size() < MAX) {
            found.add(new Problem(where.file(), where.line(), where.column(), code, message, advice));
        }
    }

    /** Notes a file some or all of whose names are not known: what others call by them is not missing for sure. */
    void lost(String file) {
        lost.add(file);
    }

    Set<String> lost() {
        return Set.copyOf(lost);
    }

    int count() {
        return found.size();
    }

    List<Problem> all() {
        return List.copyOf(found);
    }
}
