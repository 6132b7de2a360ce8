package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.scoring.ModelCatalog;
import java.util.List;

/**
 * The models a region names, as far as they could be loaded.
 *
 * @param catalog those that could
 * @param problems why others could not; a bundle is then refused
 */
public record RegionModels(ModelCatalog catalog, List<Problem> problems) {
    /** A region without models. */
    public static final RegionModels NONE = new RegionModels(ModelCatalog.EMPTY, List.of());
}
