package io.meridian.edge.core.eligibility;

import java.util.List;

/**
 * A conjunction of a candidate's condition on its way into an index.
 *
 * @param position of the candidate
 * @param steps how it is found, the one that fewest visitors meet first; at least one
 */
record IndexEntry(int position, List<Step> steps) {
    /**
     * A demand in the form in which an index looks it up.
     *
     * @param keys one of which is met: Integers that are cells of the lookup's level, or strings that are elements
     * @param first the lowest cell on the finest level that meets it
     * @param last the highest; those in between may meet it
     * @param share of the visitors that meet it, as far as rules can tell, 0 to 1
     */
    record Step(Lookup lookup, List<Object> keys, int first, int last, double share) {
        /** True if a cell says more of it than having been found by it. */
        boolean testable(boolean found) {
            return lookup.axis().aspect() != Demand.Aspect.ELEMENT && (!found || lookup.level() > 0);
        }
    }

    /**
     * What is looked at for a step.
     *
     * @param level of the axis's grid; 0 where there is none
     */
    record Lookup(Demand.Axis axis, int level) {}
}
