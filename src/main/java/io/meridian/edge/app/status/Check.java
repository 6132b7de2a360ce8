package io.meridian.edge.app.status;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one part of the service is.
 *
 * @param id stable, for programs
 * @param title for people
 * @param level the worst of what was found
 * @param findings what is not as it should be, the worst first; empty if all is well
 * @param facts by name: {@link String}, {@link Long}, {@link Double} or {@link Boolean}; null for what is not known
 */
record Check(String id, String title, Level level, List<Finding> findings, Map<String, @Nullable Object> facts) {
    /** How bad it is, from the best. */
    enum Level {
        FINE,
        /** Somebody should look at it; decisions are made as they should be, or nearly. */
        WATCH,
        /** The region is not doing what it is there for. */
        ACT
    }

    /**
     * Something that is not as it should be.
     *
     * @param says one sentence
     * @param runbook the section of RUNBOOK.md to go on with
     */
    record Finding(Level level, String says, String runbook) {}

    /** Gathers one. */
    static final class Builder {
        private final String id;
        private final String title;
        private final List<Finding> findings = new ArrayList<>();
        private final Map<String, @Nullable Object> facts = new LinkedHashMap<>();

        Builder(String id, String title) {
            this.id = id;
            this.title = title;
        }

        Builder act(boolean found, String says, String runbook) {
            return found(found, Level.ACT, says, runbook);
        }

        Builder watch(boolean found, String says, String runbook) {
            return found(found, Level.WATCH, says, runbook);
        }

        private Builder found(boolean found, Level level, String says, String runbook) {
            if (found) {
                findings.add(new Finding(level, says, runbook));
            }
            return this;
        }

        /** A number that does not exist is told as not known. */
        Builder fact(String name, double value) {
            facts.put(name, Double.isFinite(value) ? value : null);
            return this;
        }

        /** A whole number that may not exist. */
        Builder whole(String name, double value) {
            facts.put(name, Double.isFinite(value) ? Math.round(value) : null);
            return this;
        }

        Builder fact(String name, @Nullable Object value) {
            facts.put(name, value);
            return this;
        }

        Check build() {
            Level worst = Level.FINE;
            List<Finding> sorted = new ArrayList<>();
            for (int level = Level.ACT.ordinal(); level > 0; level--) {
                for (Finding finding : findings) {
                    if (finding.level().ordinal() == level) {
                        sorted.add(finding);
                        worst = worst.compareTo(finding.level()) < 0 ? finding.level() : worst;
                    }
                }
            }
            return new Check(id, title, worst, List.copyOf(sorted), facts);
        }
    }
}
