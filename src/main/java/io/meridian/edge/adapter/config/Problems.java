package io.meridian.edge.adapter.config;

import io.meridian.edge.core.bundle.Problem;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong. Bounded: past {@value #MAX} problems nothing more is kept. */
final class Problems {
    /** More would help nobody. */
    static final int MAX = 1_000;

    private final List<Problem> found = new ArrayList<>();

    void add(Where where, String code, String message, String advice) {
        if (found.size() < MAX) {
            found.add(new Problem(where.file(), where.line(), where.column(), code, message, advice));
        }
    }

    int count() {
        return found.size();
    }

    List<Problem> all() {
        return List.copyOf(found);
    }
}
