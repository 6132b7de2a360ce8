package io.meridian.edge.core.bundle;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * A market as compiled.
 *
 * @param id for example {@code de}
 * @param languages the fall-back chain of its content, at least one
 * @param timeZone its civil time
 * @param currency ISO 4217
 * @param placements every placement of the bundle, by id
 */
public record Market(
        String id, List<String> languages, ZoneId timeZone, String currency, Map<String, PlacementPlan> placements) {

    /**
     * The index in {@link #languages} to read content in: the locale's language if the market has it, else 0.
     *
     * @param locale BCP 47; only its language part counts
     */
    public int language(String locale) {
        for (int i = 0; i < languages.size(); i++) {
            String language = languages.get(i);
            if (locale.regionMatches(true, 0, language, 0, language.length())
                    && (locale.length() == language.length()
                            || locale.charAt(language.length()) == '-'
                            || locale.charAt(language.length()) == '_')) {
                return i;
            }
        }
        return 0;
    }
}
