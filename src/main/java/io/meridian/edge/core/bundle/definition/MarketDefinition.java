package io.meridian.edge.core.bundle.definition;

import java.time.ZoneId;
import java.util.List;

/**
 * A market and its own layer.
 *
 * @param countries which countries' visitors belong to it
 * @param languages fall-back chain of its content, at least one
 * @param rules what it changes in the offers it has
 * @param fallbacks what it gives instead of a placement's own fallback
 */
public record MarketDefinition(
        Located<String> id,
        List<Located<String>> countries,
        List<Located<String>> languages,
        ZoneId timeZone,
        String currency,
        LayerDefinition layer,
        List<RuleDefinition> rules,
        List<Fallback> fallbacks) {

    public record Fallback(Located<String> placement, Located<String> offer) {}
}
