package io.meridian.edge.core.bundle.definition;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration as it was read.
 *
 * @param revision grows with every change
 * @param description what its authors say of it
 * @param files every file that was read, by path
 * @param attributes what may be known
 * @param placements what there is to fill
 * @param categories the words an offer's category is one of
 * @param global what applies in every market
 * @param segments groups of visitors
 * @param caps frequency caps
 * @param jurisdictions which law applies where; null if there is none to be read
 * @param guardrails what markets and regions may not do
 * @param currencies what amounts in other currencies are worth; null if nothing is said
 * @param markets every market
 * @param regions every region
 * @param unreadable paths of files that are missing, or some or all of whose names could not be read
 * @param problems what could not be read; a source with problems is never compiled into a bundle
 */
public record BundleSource(
        long revision,
        String description,
        List<SourceFile> files,
        AttributesDefinition attributes,
        List<PlacementDefinition> placements,
        List<Located<String>> categories,
        LayerDefinition global,
        List<SegmentDefinition> segments,
        List<CapDefinition> caps,
        @Nullable JurisdictionsDefinition jurisdictions,
        GuardrailsDefinition guardrails,
        @Nullable CurrenciesDefinition currencies,
        List<MarketDefinition> markets,
        List<RegionDefinition> regions,
        Set<String> unreadable,
        List<Problem> problems) {

    /**
     * A file of the configuration.
     *
     * @param path relative to the configuration's folder, with {@code /}
     * @param sha256 of its bytes, hex
     */
    public record SourceFile(String path, String sha256) {}
}
