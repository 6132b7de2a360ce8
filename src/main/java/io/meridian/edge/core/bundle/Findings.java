package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.model.Nearest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Everything found wrong while compiling, each thing once, in order of file, line and column. */
final class Findings {
    private final TreeSet<Problem> problems;

    private final Set<String> unreadable;

    /** @param unreadable files some or all of whose names are not known: what may stand in them is not missed a second time */
    Findings(List<Problem> earlier, Set<String> unreadable) {
        this.problems = new TreeSet<>(earlier);
        this.unreadable = unreadable;
    }

    void add(Where where, String code, String message, String advice) {
        problems.add(new Problem(where.file(), where.line(), where.column(), code, message, advice));
    }

    /** Something that does not keep the configuration from being used. */
    void warn(Where where, String code, String message, String advice) {
        problems.add(Problem.warning(where, code, message, advice));
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    /** False, and a problem, if a reference leads nowhere. */
    boolean knows(Located<String> reference, Collection<String> known, Kind kind) {
        if (known.contains(reference.value())) {
            return true;
        }
        if (!kind.readable(unreadable)) {
            return false;
        }
        add(
                reference.where(),
                "unknown-reference",
                "there is no " + kind.label() + " '" + reference.value() + "'",
                Nearest.advice(reference.value(), known));
        return false;
    }

    /** Reports the words of a list that stand in it before. */
    void unique(List<Located<String>> words, String what) {
        Map<String, Where> seen = new HashMap<>();
        for (Located<String> word : words) {
            first(seen, word, what);
        }
    }

    /** False if a file of this kind could not be read, so that nothing is missing for sure. */
    boolean readable(String file) {
        return unreadable.stream().noneMatch(path -> path.contains(file));
    }

    /** True if the word is new; else a problem that names the place of the first. */
    boolean first(Map<String, Where> seen, Located<String> word, String what) {
        Where before = seen.putIfAbsent(word.value(), word.where());
        if (before != null) {
            add(
                    word.where(),
                    "duplicate",
                    what + " '" + word.value() + "' is already in " + before,
                    "keep one of the two, or give one another name");
        }
        return before == null;
    }

    /** False while there are warnings at most. */
    boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }

    List<Problem> all() {
        return List.copyOf(problems);
    }
}
