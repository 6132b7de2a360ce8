package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.model.Facts;

/** Candidates that are in one place of an index, and ways to more. Immutable, allocates nothing. */
final class IndexNode {
    /**
     * The candidates one after the other, side by side in memory: position, number of tests, then per test the number of the scale, the
     * lowest cell and the highest.
     */
    private final int[] tests;

    private final IndexSwitch[] switches;

    IndexNode(int[] tests, IndexSwitch[] switches) {
        this.tests = tests;
        this.switches = switches;
    }

    /**
     * Adds every candidate that these facts lead to from here.
     *
     * @param cells by number of the scale, of this visitor
     */
    void collect(Facts facts, int[] cells, PositionSet found) {
        int at = 0;
        while (at < tests.length) {
            int end = at + 2 + 3 * tests[at + 1];
            int test = at + 2;
            while (test < end && isMet(test, cells)) {
                test += 3;
            }
            if (test == end) {
                found.add(tests[at]);
            }
            at = end;
        }
        for (IndexSwitch one : switches) {
            one.collect(facts, cells, found);
        }
    }

    private boolean isMet(int test, int[] cells) {
        int cell = cells[tests[test]];
        return cell >= tests[test + 1] && cell <= tests[test + 2];
    }
}
