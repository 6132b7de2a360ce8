package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.Demand.Axis;
import io.meridian.edge.core.eligibility.Demand.Keys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conjunction of a candidate's condition on its way into an index.
 *
 * @param position of the candidate
 * @param open the demands no split has used yet
 * @param copies into how many it may still become, 1 or more: one for each key of a list it is posted under
 */
record IndexEntry(int position, List<Demand> open, int copies) {
    /** The demand that a split by this axis uses; null if it leaves the entry where it is. */
    @Nullable
    Demand on(Axis axis) {
        for (Demand demand : open) {
            if (demand.axis().equals(axis)) {
                boolean affordable =
                        !(demand instanceof Keys keys) || keys.keys().size() <= copies;
                return affordable ? demand : null;
            }
        }
        return null;
    }

    /** The same without a demand that is met from here on. */
    IndexEntry without(Keys met) {
        List<Demand> left = new ArrayList<>(open);
        left.remove(met);
        return new IndexEntry(position, left, copies / met.keys().size());
    }
}
