package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.checks.CheckedBundle.CheckedMarket;
import io.meridian.edge.core.bundle.checks.CheckedBundle.CheckedOffer;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.PlacementDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Placements that can end with less than their fallback, or with nothing. */
final class PlacementChecks {
    static final String FALLBACK_CAN_FAIL = "fallback-can-fail";
    static final String EMPTY_STATIC = "empty-static";

    private final CheckedBundle bundle;
    private final Warnings warnings;

    PlacementChecks(CheckedBundle bundle, Warnings warnings) {
        this.bundle = bundle;
        this.warnings = warnings;
    }

    void run() {
        for (PlacementDefinition placement : bundle.source().placements()) {
            if (isEmpty(placement.staticContent())) {
                warnings.warn(
                        placement.id().where(),
                        EMPTY_STATIC,
                        "the placement '" + placement.id().value() + "' ends with nothing: its 'static' is empty",
                        "give it the least that can be shown");
            }
        }
        Set<String> said = new HashSet<>();
        for (CheckedMarket market : bundle.markets()) {
            for (PlacementDefinition placement : bundle.source().placements()) {
                suppressed(placement, market);
            }
            shared(market, said);
        }
    }

    /** The law binds a default as well. */
    private void suppressed(PlacementDefinition placement, CheckedMarket market) {
        Located<String> fallback = market.fallbacks().get(placement.id().value());
        OfferDefinition offer = fallback == null ? null : offer(market, fallback.value());
        if (fallback == null || offer == null) {
            return;
        }
        for (SuppressionDefinition suppression : market.suppressions()) {
            if (suppression.legal() && bundle.concerns().test(suppression, offer)) {
                warnings.warn(
                        fallback.where(),
                        FALLBACK_CAN_FAIL,
                        "the fallback '" + fallback.value() + "' of placement '"
                                + placement.id().value() + "' is subject to the legal suppression '"
                                + suppression.id().value()
                                + "'; where that applies or is in doubt only 'static' is left",
                        "take an offer that no law keeps from anybody");
                return;
            }
        }
    }

    /** An offer is on a page once. */
    private void shared(CheckedMarket market, Set<String> said) {
        Map<String, PlacementDefinition> first = new LinkedHashMap<>();
        for (PlacementDefinition placement : bundle.source().placements()) {
            Located<String> fallback = market.fallbacks().get(placement.id().value());
            if (fallback == null) {
                continue;
            }
            PlacementDefinition before = first.putIfAbsent(fallback.value(), placement);
            if (before != null
                    && placement.channels().stream().anyMatch(before.channels()::contains)
                    && said.add(before.id().value() + " " + placement.id().value() + " " + fallback.value())) {
                warnings.warn(
                        fallback.where(),
                        FALLBACK_CAN_FAIL,
                        "the placements '" + before.id().value() + "' and '"
                                + placement.id().value() + "' share the fallback '" + fallback.value()
                                + "', which a page shows once: asked for together, the other ends with 'static'",
                        "give each a fallback of its own");
            }
        }
    }

    private static @Nullable OfferDefinition offer(CheckedMarket market, String id) {
        for (CheckedOffer offer : market.offers()) {
            if (offer.offer().id().value().equals(id)) {
                return offer.offer();
            }
        }
        return null;
    }

    private static boolean isEmpty(byte[] json) {
        return new String(json, java.nio.charset.StandardCharsets.UTF_8)
                .replace(" ", "")
                .equals("{}");
    }
}
