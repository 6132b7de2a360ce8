package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.CapDefinition;
import io.meridian.edge.core.bundle.definition.ChangesDefinition.Exclusion;
import io.meridian.edge.core.bundle.definition.ContentDefinition;
import io.meridian.edge.core.bundle.definition.ContentDefinition.OfferContent;
import io.meridian.edge.core.bundle.definition.ContentDefinition.VariantContent;
import io.meridian.edge.core.bundle.definition.LayerDefinition;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.PlacementDefinition;
import io.meridian.edge.core.bundle.definition.RegionDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one market sees in one region: host defaults, the global layer, the market's own, the region's on top. The only place where
 * one layer meets another; a layer says why each of its values counts or not by the {@link Layered} it ends up in.
 *
 * <ul>
 *   <li>offers: the global ones that are for this market, then its own; ids are never shared, so nothing is hidden
 *   <li>their values: what the strongest layer says; conditions add up, and a lever is a factor on the offer's own
 *   <li>placements and caps: what the strongest layer says; a market may add caps
 *   <li>suppressions and excluded categories: all layers', each can add and none take away
 *   <li>content: per offer and language the market's own, if it has any, instead of the global
 * </ul>
 */
final class MarketView {
    private final BundleSource source;
    private final MarketDefinition market;
    private final List<Overrides> layers = new ArrayList<>();
    private final Map<String, OfferInMarket> offers = new LinkedHashMap<>();
    private final Map<String, CapInMarket> caps = new LinkedHashMap<>();
    private final Map<String, Map<String, OfferContent>> globalContent = new HashMap<>();
    private final Map<String, Map<String, OfferContent>> ownContent = new HashMap<>();

    MarketView(BundleSource source, MarketDefinition market, RegionDefinition region) {
        this.source = source;
        this.market = market;
        layers.add(new Overrides(market.changes()));
        layers.add(new Overrides(region.changes()));
        Exchange exchange = new Exchange(source.currencies());
        layOffers(source.global(), exchange);
        layOffers(market.layer(), exchange);
        source.caps().forEach(this::layCap);
        market.changes().caps().forEach(this::layCap);
        layContent(source.global(), globalContent);
        layContent(market.layer(), ownContent);
    }

    MarketDefinition market() {
        return market;
    }

    /** The market's languages; of one named twice the first counts. */
    Languages languages() {
        Map<String, List<String>> instead = new HashMap<>();
        market.languageFallbacks()
                .forEach(fallback -> instead.putIfAbsent(
                        fallback.language().value(),
                        fallback.tried().stream().map(Located::value).toList()));
        return new Languages(
                market.languages().stream().map(Located::value).distinct().toList(), instead);
    }

    /** Every offer, disabled ones too, by id in the order written. */
    Map<String, OfferInMarket> offers() {
        return offers;
    }

    /** Every cap, by id. */
    Map<String, CapInMarket> caps() {
        return caps;
    }

    /** The offer given when nothing is eligible; null if it could not be read. */
    @Nullable
    Layered<String> fallback(PlacementDefinition placement) {
        Located<String> written = placement.fallback();
        Layered<String> fallback = written == null ? null : Layered.written(written.value(), written.where());
        for (Overrides layer : layers) {
            Located<String> other = layer.fallback(placement.id().value());
            if (other != null) {
                fallback = fallback == null ? Layered.written(other.value(), other.where()) : fallback.under(other);
            }
        }
        return fallback;
    }

    /** The most items a placement gives. */
    Layered<Integer> maxItems(PlacementDefinition placement) {
        Layered<Integer> maxItems = Layered.written(
                placement.maxItems().value(), placement.maxItems().where());
        for (Overrides layer : layers) {
            maxItems = maxItems.under(layer.maxItems(placement.id().value()));
        }
        return maxItems;
    }

    /** Categories that stay out, for a time or for good. */
    List<Exclusion> exclusions() {
        return layers.stream().flatMap(layer -> layer.exclusions().stream()).toList();
    }

    /** Both layers'; of those with one id the first. */
    List<SuppressionDefinition> suppressions() {
        Map<String, SuppressionDefinition> byId = new LinkedHashMap<>();
        for (LayerDefinition layer : List.of(source.global(), market.layer())) {
            layer.suppressions()
                    .forEach(suppression -> byId.putIfAbsent(suppression.id().value(), suppression));
        }
        return List.copyOf(byId.values());
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

    private void layOffers(LayerDefinition layer, Exchange exchange) {
        for (OfferDefinition offer : layer.offers()) {
            List<Located<String>> markets = offer.markets();
            boolean here = markets == null
                    || markets.stream()
                            .anyMatch(name -> name.value().equals(market.id().value()));
            if (here) {
                // That an id is unique was checked over all layers at once.
                offers.putIfAbsent(offer.id().value(), OfferInMarket.of(offer, layers, exchange));
            }
        }
    }

    private void layCap(CapDefinition cap) {
        caps.computeIfAbsent(cap.id().value(), id -> CapInMarket.of(cap, layers));
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
