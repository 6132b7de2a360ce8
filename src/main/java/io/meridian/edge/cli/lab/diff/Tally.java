package io.meridian.edge.cli.lab.diff;

/** Decisions, and how many of them change. */
final class Tally {
    private long decisions;
    private long changed;

    void count(boolean changes) {
        decisions++;
        changed += changes ? 1 : 0;
    }

    long decisions() {
        return decisions;
    }

    long changed() {
        return changed;
    }

    /** 0 to 100. */
    double percent() {
        return decisions == 0 ? 0 : 100.0 * changed / decisions;
    }
}
