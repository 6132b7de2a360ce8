package io.meridian.edge.core.bundle.definition;

import java.time.ZoneId;
import java.util.List;

/**
 * A market and its own layer.
 *
 * @param countries which countries' visitors belong to it
 * @param languages BCP 47 tags in canonical form, in the order they are tried; at least one
 * @param languageFallbacks what is tried for a visitor's language before the market's list
 * @param currency ISO 4217
 * @param calendar its day parts, holidays and quiet hours
 * @param layer what it defines itself
 * @param changes what it changes in what is global
 */
public record MarketDefinition(
        Located<String> id,
        List<Located<String>> countries,
        List<Located<String>> languages,
        List<LanguageFallback> languageFallbacks,
        ZoneId timeZone,
        Located<String> currency,
        CalendarDefinition calendar,
        LayerDefinition layer,
        ChangesDefinition changes) {

    /** @param tried languages of the market, in order */
    public record LanguageFallback(Located<String> language, List<Located<String>> tried) {}
}
