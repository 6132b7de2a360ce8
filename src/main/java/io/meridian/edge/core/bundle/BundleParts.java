package io.meridian.edge.core.bundle;

import io.meridian.edge.core.eligibility.Segments;
import io.meridian.edge.core.model.FactLayout;
import java.util.Map;

/**
 * What the markets of a bundle share while it is compiled.
 *
 * @param segments empty if they could not be compiled
 * @param behind what stands behind derived facts, see {@link DataUse}
 */
record BundleParts(
        FactLayout facts, Conditions conditions, Segments segments, ModelCompiler models, Map<String, DataUse> behind) {

    DataUse newUse() {
        return new DataUse(facts, behind);
    }
}
