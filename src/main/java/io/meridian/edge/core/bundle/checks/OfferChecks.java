package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.LayerDefinition;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.PlacementDefinition;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Satisfiability;
import io.meridian.edge.core.eligibility.Satisfiability.Answer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Offers that name no placement, or are not shown in one they name. */
final class OfferChecks {
    static final String UNREACHABLE_OFFER = "unreachable-offer";

    private final CheckedBundle bundle;
    private final Reader reader;
    private final Warnings warnings;
    private final VariantChecks variants;
    private final int channel;
    private final Map<String, PlacementDefinition> placements = new HashMap<>();
    /** By the channels it exists on: what conditions come to there. */
    private final Map<Set<String>, Satisfiability> byChannels = new HashMap<>();

    OfferChecks(CheckedBundle bundle, Reader reader, Warnings warnings) {
        this.bundle = bundle;
        this.reader = reader;
        this.warnings = warnings;
        this.variants = new VariantChecks(reader, warnings);
        this.channel = bundle.facts().indexOf("context.channel");
        bundle.source()
                .placements()
                .forEach(placement -> placements.put(placement.id().value(), placement));
    }

    void run() {
        Set<String> served = new HashSet<>();
        bundle.markets().forEach(market -> served.add(market.id()));
        layer(bundle.source().global());
        for (MarketDefinition market : bundle.source().markets()) {
            if (served.contains(market.id().value())) {
                layer(market.layer());
            }
        }
    }

    private void layer(LayerDefinition layer) {
        for (OfferDefinition offer : layer.offers()) {
            if (offer.placements().isEmpty()) {
                warnings.warn(
                        offer.id().where(),
                        UNREACHABLE_OFFER,
                        "the offer '" + offer.id().value() + "' names no placement",
                        "name where it may run, or leave it out");
            }
            inPlacements(offer);
            variants.check(offer);
        }
    }

    /** Placements in whose channels the condition cannot be true. */
    private void inPlacements(OfferDefinition offer) {
        Condition condition = reader.condition(offer.when());
        ConditionText text = offer.when();
        if (text == null
                || condition == null
                || !reader.reads(condition, channel)
                || reader.answer(condition) != Answer.MAYBE) {
            return;
        }
        for (Located<String> reference : offer.placements()) {
            PlacementDefinition placement = placements.get(reference.value());
            if (placement == null) {
                continue;
            }
            Satisfiability there = byChannels.computeIfAbsent(
                    Set.copyOf(placement.channels()),
                    channels -> new Satisfiability(reader.where("context.channel", List.copyOf(channels))));
            if (!there.together(List.of(condition))) {
                warnings.warn(
                        reference.where(),
                        UNREACHABLE_OFFER,
                        "the offer '" + offer.id().value() + "' is never shown in '" + reference.value()
                                + "', which is for "
                                + String.join(", ", placement.channels()) + ": "
                                + Reader.why(there.conflict(List.of(condition))),
                        "leave the placement out, or mend the condition");
            }
        }
    }
}
