package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.ContentDefinition;
import io.meridian.edge.core.bundle.definition.ContentDefinition.OfferContent;
import io.meridian.edge.core.bundle.definition.ContentDefinition.VariantContent;
import io.meridian.edge.core.bundle.definition.LayerDefinition;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.RuleDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one market sees: the global layer with the market's own on top. The only place where one layer meets another.
 *
 * <ul>
 *   <li>offers: the global ones that are for this market, then its own; ids are never shared, so nothing is hidden
 *   <li>rules: at most one per offer, applied to what the layers gave
 *   <li>suppressions: both layers', a market can add and not take away
 *   <li>content: per offer and language the market's own, if it has any, instead of the global
 * </ul>
 */
final class MarketView {
    /**
     * An offer as the market has it.
     *
     * @param rule what the market changes; null if nothing
     */
    record MarketOffer(OfferDefinition offer, @Nullable RuleDefinition rule) {
        boolean disabled() {
            return rule != null && rule.disabled();
        }
    }

    private final MarketDefinition market;
    private final Map<String, MarketOffer> offers = new LinkedHashMap<>();
    private final List<SuppressionDefinition> suppressions = new ArrayList<>();
    private final Map<String, Map<String, OfferContent>> globalContent = new HashMap<>();
    private final Map<String, Map<String, OfferContent>> ownContent = new HashMap<>();

    MarketView(BundleSource source, MarketDefinition market, Findings findings) {
        this.market = market;
        Map<String, RuleDefinition> rules = rules(market, findings);
        layOffers(source.global(), rules);
        layOffers(market.layer(), rules);
        Set<String> known = new LinkedHashSet<>(offers.keySet());
        market.rules().forEach(rule -> {
            if (!known.contains(rule.offer().value())) {
                notHere(rule.offer(), source, known, findings);
            }
        });
        Map<String, Where> seen = new HashMap<>();
        for (LayerDefinition layer : List.of(source.global(), market.layer())) {
            for (SuppressionDefinition suppression : layer.suppressions()) {
                if (findings.first(seen, suppression.id(), "the suppression")) {
                    suppressions.add(suppression);
                }
            }
        }
        layContent(source.global(), globalContent);
        layContent(market.layer(), ownContent);
    }

    MarketDefinition market() {
        return market;
    }

    /** Every offer, disabled ones too, by id in the order written. */
    Map<String, MarketOffer> offers() {
        return offers;
    }

    List<SuppressionDefinition> suppressions() {
        return suppressions;
    }

    /** What an offer's variant looks like in a language; null if nobody wrote it. */
    byte @Nullable [] content(String offer, String variant, String language) {
        OfferContent own = ownContent.getOrDefault(language, Map.of()).get(offer);
        OfferContent content = own != null
                ? own
                : globalContent.getOrDefault(language, Map.of()).get(offer);
        if (content == null) {
            return null;
        }
        for (VariantContent one : content.variants()) {
            if (one.variant().value().equals(variant)) {
                return one.json();
            }
        }
        return content.standard();
    }

    private static Map<String, RuleDefinition> rules(MarketDefinition market, Findings findings) {
        Map<String, RuleDefinition> rules = new HashMap<>();
        Map<String, Where> seen = new HashMap<>();
        for (RuleDefinition rule : market.rules()) {
            if (findings.first(seen, rule.offer(), "a rule for")) {
                rules.put(rule.offer().value(), rule);
            }
        }
        return rules;
    }

    private void layOffers(LayerDefinition layer, Map<String, RuleDefinition> rules) {
        for (OfferDefinition offer : layer.offers()) {
            List<Located<String>> markets = offer.markets();
            boolean here = markets == null
                    || markets.stream()
                            .anyMatch(name -> name.value().equals(market.id().value()));
            if (here) {
                // That an id is unique was checked over all layers at once.
                offers.putIfAbsent(
                        offer.id().value(),
                        new MarketOffer(offer, rules.get(offer.id().value())));
            }
        }
    }

    private void notHere(Located<String> reference, BundleSource source, Set<String> known, Findings findings) {
        boolean elsewhere = source.global().offers().stream()
                .anyMatch(offer -> offer.id().value().equals(reference.value()));
        if (elsewhere) {
            findings.add(
                    reference.where(),
                    "unknown-reference",
                    "the offer '" + reference.value() + "' does not run in market '"
                            + market.id().value() + "'",
                    "add the market to the offer's markets, or leave this out");
        } else {
            findings.knows(reference, known, Kind.OFFER);
        }
    }

    private void layContent(LayerDefinition layer, Map<String, Map<String, OfferContent>> byLanguage) {
        for (ContentDefinition content : layer.content()) {
            String language = content.language();
            if (language == null) {
                language = market.languages().isEmpty()
                        ? ""
                        : market.languages().get(0).value();
            }
            Map<String, OfferContent> byOffer = byLanguage.computeIfAbsent(language, key -> new HashMap<>());
            content.offers().forEach(offer -> byOffer.putIfAbsent(offer.offer().value(), offer));
        }
    }
}
