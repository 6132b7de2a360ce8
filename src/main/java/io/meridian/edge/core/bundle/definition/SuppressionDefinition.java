package io.meridian.edge.core.bundle.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes offers out.
 *
 * @param legal true if it also takes them out when its condition is unknown
 * @param when null if it could not be read
 * @param offers ids
 * @param categories all offers of these
 * @param tags all offers with one of these
 */
public record SuppressionDefinition(
        Located<String> id,
        boolean legal,
        @Nullable ConditionText when,
        List<Located<String>> offers,
        List<Located<String>> categories,
        List<Located<String>> tags) {}
