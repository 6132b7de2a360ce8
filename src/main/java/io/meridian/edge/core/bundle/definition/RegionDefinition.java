package io.meridian.edge.core.bundle.definition;

import io.meridian.edge.core.residency.Misrouted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A region.
 *
 * @param countries served from here
 * @param markets served from here
 * @param defaultMarket null if it could not be read
 * @param jurisdiction the home regime of this region's profiles; null if it could not be read
 * @param misrouted what a subject from elsewhere gets
 * @param models name and version
 * @param changes what it changes in what is global and in its markets
 */
public record RegionDefinition(
        Located<String> id,
        List<Located<String>> countries,
        List<Located<String>> markets,
        @Nullable Located<String> defaultMarket,
        @Nullable Located<String> jurisdiction,
        Misrouted misrouted,
        List<Model> models,
        ChangesDefinition changes) {

    /** @param version null if it could not be read */
    public record Model(Located<String> name, @Nullable Located<String> version) {}
}
