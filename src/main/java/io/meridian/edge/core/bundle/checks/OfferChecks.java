package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.checks.CheckedBundle.CheckedMarket;
import io.meridian.edge.core.bundle.checks.CheckedBundle.CheckedOffer;
import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.LayerDefinition;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.PlacementDefinition;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Satisfiability;
import io.meridian.edge.core.eligibility.Satisfiability.Answer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Offers where they run: what market and placement leave of their conditions, and which of their variants anybody sees. */
final class OfferChecks {
    static final String NO_EFFECT = "no-effect";
    static final String UNREACHABLE_OFFER = "unreachable-offer";
    static final String UNREACHABLE_VARIANT = "unreachable-variant";

    private final CheckedBundle bundle;
    private final Reader reader;
    private final Warnings warnings;
    private final int channel;
    private final int marketSlot;
    private final Map<String, PlacementDefinition> placements = new HashMap<>();
    /** By the channels it exists on: what conditions come to there. */
    private final Map<Set<String>, Satisfiability> byChannels = new HashMap<>();

    OfferChecks(CheckedBundle bundle, Reader reader, Warnings warnings) {
        this.bundle = bundle;
        this.reader = reader;
        this.warnings = warnings;
        this.channel = bundle.facts().indexOf("context.channel");
        this.marketSlot = bundle.facts().indexOf("context.market");
        bundle.source()
                .placements()
                .forEach(placement -> placements.put(placement.id().value(), placement));
    }

    void run() {
        for (CheckedMarket market : bundle.markets()) {
            Satisfiability here = new Satisfiability(reader.where("context.market", List.of(market.id())));
            for (CheckedOffer offer : market.offers()) {
                if (offer.running()) {
                    changed(market, offer, here);
                }
            }
        }
        Set<String> served = new HashSet<>();
        bundle.markets().forEach(market -> served.add(market.id()));
        layer(bundle.source().global());
        for (MarketDefinition market : bundle.source().markets()) {
            if (served.contains(market.id().value())) {
                layer(market.layer());
            }
        }
        nowhere();
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
            variants(offer);
        }
    }

    /** What a market adds to an offer's own condition: whether both can be true, and whether it narrows anything. */
    private void changed(CheckedMarket market, CheckedOffer offer, Satisfiability here) {
        List<Condition> before = new ArrayList<>();
        for (ConditionText text : offer.conditions()) {
            Condition condition = reader.condition(text);
            if (condition == null) {
                return;
            }
            if (text != offer.offer().when()) {
                added(market, offer, text, condition, before, here);
            }
            before.add(condition);
        }
    }

    private void added(
            CheckedMarket market,
            CheckedOffer offer,
            ConditionText text,
            Condition condition,
            List<Condition> before,
            Satisfiability here) {
        String rule =
                "the condition of the rule for '" + offer.offer().id().value() + "' in market '" + market.id() + "'";
        Answer alone = answer(condition, here);
        List<Condition> all = new ArrayList<>(before);
        all.add(condition);
        if (alone == Answer.NEVER) {
            never(text, rule + " is never true: ", here.conflict(List.of(condition)));
        } else if (alone == Answer.ALWAYS) {
            warnings.warn(
                    text.where(),
                    ConditionChecks.ALWAYS_TRUE,
                    rule + " is " + reader.always(condition),
                    "leave it out");
        } else if (before.isEmpty() || reader.areIndependent(all) || !here.together(before)) {
            return;
        } else if (!here.together(all)) {
            never(text, rule + " is never true together with the offer's own: ", here.conflict(all));
        } else if (here.implies(before, condition)) {
            warnings.warn(
                    text.where(),
                    NO_EFFECT,
                    rule + " narrows nothing: the offer's own already asks for it",
                    "leave it out, or ask for more");
        }
    }

    private void never(ConditionText text, String what, List<String> conflict) {
        warnings.warn(
                text.where(),
                ConditionChecks.NEVER_TRUE,
                what + Reader.why(conflict),
                reader.advice(conflict, "take the offer out with disabled: true"));
    }

    /** Only what looks at the market comes to something else in one than in all. */
    private Answer answer(Condition condition, Satisfiability here) {
        return reader.reads(condition, marketSlot) ? here.of(condition) : reader.answer(condition);
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

    /** Of the variants with a condition the first one whose is true is shown. */
    private void variants(OfferDefinition offer) {
        List<Condition> eligible = new ArrayList<>();
        Condition when = reader.condition(offer.when());
        if (when != null) {
            eligible.add(when);
        }
        List<OfferDefinition.Variant> earlier = new ArrayList<>();
        for (OfferDefinition.Variant variant : offer.variants()) {
            Condition condition = reader.condition(variant.when());
            if (condition == null || reader.answer(condition) != Answer.MAYBE) {
                continue;
            }
            variant(offer, variant, condition, eligible, earlier);
            earlier.add(variant);
        }
    }

    private void variant(
            OfferDefinition offer,
            OfferDefinition.Variant variant,
            Condition condition,
            List<Condition> eligible,
            List<OfferDefinition.Variant> earlier) {
        List<Condition> chosen = new ArrayList<>(eligible);
        chosen.add(condition);
        String name = "the variant '" + variant.id().value() + "' of the offer '"
                + offer.id().value() + "' is never chosen: ";
        if (!reader.areIndependent(chosen) && !reader.everywhere().together(chosen)) {
            if (reader.everywhere().together(eligible)) {
                warnings.warn(
                        variant.id().where(),
                        UNREACHABLE_VARIANT,
                        name + Reader.why(reader.everywhere().conflict(chosen)),
                        "the offer is only for those for whom its own condition is true");
            }
            return;
        }
        OfferDefinition.Variant before = impliedBy(chosen, earlier);
        if (before != null) {
            warnings.warn(
                    variant.id().where(),
                    UNREACHABLE_VARIANT,
                    name + "whenever its condition is true, that of the variant '"
                            + before.id().value() + "' before it is as well",
                    "put the narrower condition first");
        }
    }

    /** A variant that reads nothing the others do not: else where that may not be read, the later one is chosen. */
    private OfferDefinition.@Nullable Variant impliedBy(List<Condition> chosen, List<OfferDefinition.Variant> earlier) {
        BitSet known = new BitSet();
        chosen.forEach(condition -> known.or(reader.slots(condition)));
        for (OfferDefinition.Variant before : earlier) {
            Condition condition = reader.condition(before.when());
            if (condition == null) {
                continue;
            }
            BitSet beyond = (BitSet) reader.slots(condition).clone();
            beyond.andNot(known);
            if (beyond.isEmpty() && reader.everywhere().implies(chosen, condition)) {
                return before;
            }
        }
        return null;
    }

    /** Offers that run in no market of any region. */
    private void nowhere() {
        Set<String> here = new HashSet<>();
        for (CheckedMarket market : bundle.markets()) {
            market.offers().stream()
                    .filter(CheckedOffer::running)
                    .forEach(offer -> here.add(offer.offer().id().value()));
        }
        List<OfferDefinition> rest = new ArrayList<>(bundle.source().global().offers());
        bundle.source().markets().forEach(market -> rest.addAll(market.layer().offers()));
        rest.removeIf(offer -> here.contains(offer.id().value()));
        Set<String> elsewhere = rest.isEmpty() ? Set.of() : bundle.running().get();
        for (OfferDefinition offer : rest) {
            String id = offer.id().value();
            if (!elsewhere.contains(id)) {
                warnings.warn(
                        offer.id().where(),
                        UNREACHABLE_OFFER,
                        "the offer '" + id + "' runs in no market of any region",
                        "wherever it could run it is disabled or its category excluded; leave it out, or let a market run it");
            }
        }
    }
}
