package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.checks.CheckedBundle.CheckedMarket;
import io.meridian.edge.core.bundle.checks.CheckedBundle.CheckedOffer;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import java.util.ArrayList;
import java.util.List;

/** Offers that a market cannot show in one of its languages: one warning per market and language. */
final class LanguageChecks {
    static final String MISSING_LANGUAGE = "missing-language";
    private static final int MOST_NAMED = 5;

    private final CheckedBundle bundle;
    private final Warnings warnings;

    LanguageChecks(CheckedBundle bundle, Warnings warnings) {
        this.bundle = bundle;
        this.warnings = warnings;
    }

    void run() {
        for (CheckedMarket market : bundle.markets()) {
            for (Located<String> language : market.languages()) {
                language(market, language);
            }
        }
    }

    private void language(CheckedMarket market, Located<String> language) {
        List<String> missing = new ArrayList<>();
        int running = 0;
        for (CheckedOffer offer : market.offers()) {
            if (offer.running()) {
                running++;
                if (isMissing(market, offer.offer(), language.value())) {
                    missing.add(offer.offer().id().value());
                }
            }
        }
        if (!missing.isEmpty()) {
            warnings.warn(
                    language.where(),
                    MISSING_LANGUAGE,
                    "market '" + market.id() + "' has no text in '" + language.value() + "' for "
                            + (missing.size() == running
                                    ? "any of its offers"
                                    : missing.size() + " of " + running + " offers: "
                                            + Warnings.some(missing, MOST_NAMED)),
                    "their visitors get another of the market's languages; write the texts, or leave the language out");
        }
    }

    private static boolean isMissing(CheckedMarket market, OfferDefinition offer, String language) {
        return offer.variants().stream()
                .anyMatch(variant ->
                        !market.content().has(offer.id().value(), variant.id().value(), language));
    }
}
