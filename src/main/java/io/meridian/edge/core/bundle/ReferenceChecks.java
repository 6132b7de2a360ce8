package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.CapDefinition;
import io.meridian.edge.core.bundle.definition.ContentDefinition;
import io.meridian.edge.core.bundle.definition.LayerDefinition;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.PlacementDefinition;
import io.meridian.edge.core.bundle.definition.RegionDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.frequency.FrequencyCap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that need no compiling: that names are unique and that references lead somewhere, over all markets and regions. */
final class ReferenceChecks {
    private final BundleSource source;
    private final Findings findings;
    private final Set<String> placements = new LinkedHashSet<>();
    private final Set<String> markets = new LinkedHashSet<>();
    private final Set<String> segments = new LinkedHashSet<>();
    private final Set<String> categories = new LinkedHashSet<>();
    private final Set<String> tags = new HashSet<>();
    private final Map<String, CapDefinition> caps = new LinkedHashMap<>();

    ReferenceChecks(BundleSource source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    void run() {
        collect();
        source.placements().forEach(this::placement);
        Map<String, Where> globalIds = new HashMap<>();
        layer(source.global(), globalIds, allOffers());
        Map<String, CapDefinition> globalCaps = Map.copyOf(caps);
        for (MarketDefinition market : source.markets()) {
            caps.clear();
            caps.putAll(globalCaps);
            market.changes().caps().forEach(cap -> caps.putIfAbsent(cap.id().value(), cap));
            List<OfferDefinition> known = new ArrayList<>(source.global().offers());
            known.addAll(market.layer().offers());
            layer(market.layer(), new HashMap<>(globalIds), known);
            market.layer().content().forEach(content -> content(content, known));
            languages(market);
        }
        source.global()
                .content()
                .forEach(content -> content(content, source.global().offers()));
        countries();
        source.regions().forEach(this::region);
    }

    private void collect() {
        Map<String, Where> seen = new HashMap<>();
        source.placements().forEach(placement -> {
            findings.first(seen, placement.id(), "the placement");
            placements.add(placement.id().value());
        });
        findings.unique(source.categories(), "the category");
        source.categories().forEach(category -> categories.add(category.value()));
        source.segments().forEach(segment -> segments.add(segment.id().value()));
        Map<String, Where> capIds = new HashMap<>();
        source.caps().forEach(cap -> {
            findings.first(capIds, cap.id(), "the cap");
            caps.putIfAbsent(cap.id().value(), cap);
        });
        source.markets().forEach(market -> markets.add(market.id().value()));
        allOffers().forEach(offer -> offer.tags().forEach(tag -> tags.add(tag.value())));
        priorities();
    }

    private List<OfferDefinition> allOffers() {
        List<OfferDefinition> offers = new ArrayList<>(source.global().offers());
        source.markets().forEach(market -> offers.addAll(market.layer().offers()));
        return offers;
    }

    private void priorities() {
        Map<String, Where> seen = new HashMap<>();
        source.segments().forEach(segment -> {
            Located<Integer> priority = segment.priority();
            if (priority != null) {
                String place = segment.group().value() + " " + priority.value();
                Where before = seen.putIfAbsent(place, priority.where());
                if (before != null) {
                    findings.add(
                            priority.where(),
                            "duplicate",
                            "priority " + priority.value() + " of group '"
                                    + segment.group().value() + "' is already in " + before,
                            "give the two segments different priorities: the higher one wins");
                }
            }
        });
    }

    private void placement(PlacementDefinition placement) {
        for (Located<String> cap : placement.caps()) {
            if (findings.knows(cap, caps.keySet(), Kind.CAP)) {
                CapDefinition known = caps.get(cap.value());
                if (known != null
                        && known.readable()
                        && known.per() != null
                        && known.per().value() != FrequencyCap.Per.PLACEMENT) {
                    findings.add(
                            cap.where(),
                            "wrong-cap",
                            "the cap '" + cap.value() + "' counts offers, not a whole placement",
                            "use a cap with per: placement, or put it on the offers");
                }
            }
        }
        findings.unique(placement.caps(), "the cap");
    }

    private void layer(LayerDefinition layer, Map<String, Where> ids, List<OfferDefinition> known) {
        Set<String> knownIds = new LinkedHashSet<>();
        known.forEach(offer -> knownIds.add(offer.id().value()));
        for (OfferDefinition offer : layer.offers()) {
            findings.first(ids, offer.id(), "the offer");
            offer(offer);
        }
        for (SuppressionDefinition suppression : layer.suppressions()) {
            suppression.offers().forEach(offer -> findings.knows(offer, knownIds, Kind.OFFER));
            suppression.categories().forEach(category -> findings.knows(category, categories, Kind.CATEGORY));
            suppression.tags().forEach(tag -> findings.knows(tag, tags, Kind.TAG));
        }
    }

    private void offer(OfferDefinition offer) {
        if (offer.category() != null) {
            findings.knows(offer.category(), categories, Kind.CATEGORY);
        }
        offer.placements().forEach(placement -> findings.knows(placement, placements, Kind.PLACEMENT));
        findings.unique(offer.placements(), "the placement");
        if (offer.markets() != null) {
            offer.markets().forEach(market -> findings.knows(market, markets, Kind.MARKET));
            findings.unique(offer.markets(), "the market");
        }
        offer.segmentPriors().forEach(prior -> findings.knows(prior.segment(), segments, Kind.SEGMENT));
        for (Located<String> cap : offer.caps()) {
            if (findings.knows(cap, caps.keySet(), Kind.CAP)) {
                CapDefinition known = caps.get(cap.value());
                if (known != null
                        && known.readable()
                        && known.per() != null
                        && known.per().value() == FrequencyCap.Per.PLACEMENT) {
                    findings.add(
                            cap.where(),
                            "wrong-cap",
                            "the cap '" + cap.value() + "' counts a whole placement, not an offer",
                            "use a cap with per: offer or offer-and-placement, or put it on the placement");
                }
            }
        }
        findings.unique(offer.caps(), "the cap");
        if (offer.from() != null
                && offer.until() != null
                && !offer.from().value().isBefore(offer.until().value())) {
            findings.add(
                    offer.until().where(), "bad-schedule", "'until' is not after 'from'", "the offer would never run");
        }
        variants(offer);
    }

    private void variants(OfferDefinition offer) {
        Map<String, Where> seen = new HashMap<>();
        long drawn = offer.variants().stream()
                .filter(variant -> variant.when() == null)
                .count();
        if (drawn == 0) {
            findings.add(
                    offer.variants().get(0).id().where(),
                    "bad-variants",
                    "every variant of '" + offer.id().value() + "' has a condition",
                    "leave one without 'when', for visitors none is true for");
        }
        for (OfferDefinition.Variant variant : offer.variants()) {
            findings.first(seen, variant.id(), "the variant");
            if (variant.when() == null && variant.weight() == null && drawn > 1) {
                findings.add(
                        variant.id().where(),
                        "missing-key",
                        "the variant '" + variant.id().value() + "' has no weight",
                        "give every variant without 'when' a weight: its share in the draw");
            }
        }
    }

    /** Content of offers and variants that do not exist would never be seen. */
    private void content(ContentDefinition content, List<OfferDefinition> offers) {
        Map<String, OfferDefinition> byId = new LinkedHashMap<>();
        offers.forEach(offer -> byId.putIfAbsent(offer.id().value(), offer));
        for (ContentDefinition.OfferContent one : content.offers()) {
            OfferDefinition offer = byId.get(one.offer().value());
            if (findings.knows(one.offer(), byId.keySet(), Kind.OFFER) && offer != null) {
                List<String> variants = offer.variants().stream()
                        .map(variant -> variant.id().value())
                        .toList();
                one.variants().forEach(variant -> findings.knows(variant.variant(), variants, Kind.VARIANT));
            }
        }
    }

    private void languages(MarketDefinition market) {
        findings.unique(market.languages(), "the language");
        List<String> chain = market.languages().stream().map(Located::value).toList();
        findings.unique(
                market.languageFallbacks().stream()
                        .map(MarketDefinition.LanguageFallback::language)
                        .toList(),
                "what is tried for");
        market.languageFallbacks()
                .forEach(fallback -> fallback.tried().forEach(other -> findings.knows(other, chain, Kind.LANGUAGE)));
        for (ContentDefinition content : market.layer().content()) {
            if (content.language() != null && !chain.contains(content.language())) {
                Where where = content.offers().isEmpty()
                        ? market.id().where()
                        : content.offers().get(0).offer().where();
                findings.add(
                        where,
                        "wrong-language",
                        "market '" + market.id().value() + "' has content in '" + content.language()
                                + "', which is not among its languages",
                        "its languages are " + String.join(", ", chain));
            }
        }
    }

    private void countries() {
        Map<String, Where> ofMarkets = new HashMap<>();
        source.markets().forEach(market -> market.countries().forEach(country -> country(ofMarkets, country)));
        Map<String, Where> ofRegions = new HashMap<>();
        source.regions()
                .forEach(region ->
                        region.countries().forEach(country -> findings.first(ofRegions, country, "the country")));
    }

    /** Which of two markets took the other's is not known: both are told. */
    private void country(Map<String, Where> seen, Located<String> country) {
        Where before = seen.get(country.value());
        if (!findings.first(seen, country, "the country")
                && before != null
                && !before.file().equals(country.where().file())) {
            Map<String, Where> other = new HashMap<>(Map.of(country.value(), country.where()));
            findings.first(other, new Located<>(country.value(), before), "the country");
        }
    }

    private void region(RegionDefinition region) {
        region.markets().forEach(market -> findings.knows(market, markets, Kind.MARKET));
        findings.unique(region.markets(), "the market");
        if (region.defaultMarket() != null) {
            List<String> served = region.markets().stream().map(Located::value).toList();
            findings.knows(region.defaultMarket(), served, Kind.SERVED_MARKET);
        }
        if (region.markets().isEmpty()) {
            findings.add(region.id().where(), "missing-value", "the region serves no market", "");
        }
    }
}
