package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.checks.CheckedBundle;
import io.meridian.edge.core.bundle.checks.CheckedBundle.CheckedMarket;
import io.meridian.edge.core.bundle.checks.CheckedBundle.CheckedOffer;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.PlacementDefinition;
import io.meridian.edge.core.bundle.definition.SegmentDefinition;
import io.meridian.edge.core.calendar.MarketCalendar;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.FactKnowledge;
import io.meridian.edge.core.eligibility.FactKnowledge.Membership;
import io.meridian.edge.core.model.Basis;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.scoring.ModelCard;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the static checks look at, from what was compiled without an error. */
final class CheckPreparation {
    private final BundleSource source;
    private final BundleParts parts;
    private final Jurisdictions.Regime home;
    private final Collection<Jurisdictions.Regime> regimes;

    /**
     * @param home the law of the region's subjects
     * @param regimes every law there is
     */
    CheckPreparation(
            BundleSource source,
            BundleParts parts,
            Jurisdictions.Regime home,
            Collection<Jurisdictions.Regime> regimes) {
        this.source = source;
        this.parts = parts;
        this.home = home;
        this.regimes = regimes;
    }

    /** @param allowed the values each string may take, by slot; only where the contract or a calendar says so */
    CheckedBundle prepare(String region, Map<Integer, List<String>> allowed, List<MarketView> views) {
        Map<Purpose, BitSet> unreadable = new HashMap<>();
        FactKnowledge knowledge = knowledge(allowed);
        return new CheckedBundle(
                source,
                region,
                parts.facts(),
                knowledge,
                parts.conditions()::known,
                (suppression, offer) -> Suppressions.aim(suppression, offer) != null,
                purpose -> unreadable.computeIfAbsent(purpose, this::unreadable),
                readByModels(),
                views.stream().map(view -> market(view, knowledge)).toList());
    }

    /**
     * Requests are held to these shapes when they are read, and the calendar says its own names. Nobody is held to the values that the
     * contract declares: a request or a profile with another is accepted.
     */
    private FactKnowledge knowledge(Map<Integer, List<String>> allowed) {
        FactKnowledge knowledge = FactKnowledge.of(parts.facts());
        for (Map.Entry<Integer, List<String>> entry : allowed.entrySet()) {
            knowledge = knowledge.declared(entry.getKey(), entry.getValue());
        }
        for (String name : List.of("weekday", "daypart", "holiday")) {
            int slot = context(name);
            knowledge = knowledge.values(slot, allowed.getOrDefault(slot, List.of()));
        }
        for (String name : ContractCompiler.OF_THE_MOMENT.keySet()) {
            knowledge = knowledge.always(context(name));
        }
        List<String> markets =
                source.markets().stream().map(one -> one.id().value()).toList();
        return knowledge
                .range(context("hour"), 0, 23)
                .values(context("market"), markets)
                .always(context("market"))
                .shape(context("country"), CheckPreparation::isCountry)
                .shape(context("subdivision"), CheckPreparation::isSubdivision)
                .segments(memberships());
    }

    /** A market has its own name and its own names of times. */
    private FactKnowledge in(MarketDefinition market, FactKnowledge anywhere) {
        Set<String> dayParts = new LinkedHashSet<>(List.of(MarketCalendar.NONE));
        market.calendar().dayParts().forEach(part -> dayParts.add(part.name().value()));
        Set<String> holidays = new LinkedHashSet<>(List.of(MarketCalendar.NONE));
        market.calendar()
                .holidays()
                .forEach(holiday -> holidays.add(holiday.name().value()));
        return anywhere.values(context("market"), List.of(market.id().value()))
                .values(context("daypart"), List.copyOf(dayParts))
                .values(context("holiday"), List.copyOf(holidays));
    }

    private int context(String name) {
        return parts.facts().indexOf(ContractCompiler.CONTEXT + name);
    }

    private List<Membership> memberships() {
        List<Membership> memberships = new ArrayList<>();
        for (SegmentDefinition segment : source.segments()) {
            Condition condition =
                    segment.when() == null ? null : parts.conditions().known(segment.when());
            if (condition != null && segment.priority() != null) {
                memberships.add(new Membership(
                        parts.facts()
                                .indexOf(ContractCompiler.SEGMENT + segment.id().value()),
                        segment.group().value(),
                        segment.priority().value(),
                        condition));
            }
        }
        return memberships;
    }

    private CheckedMarket market(MarketView view, FactKnowledge anywhere) {
        List<CheckedOffer> offers = new ArrayList<>();
        view.offers()
                .values()
                .forEach(offer ->
                        offers.add(new CheckedOffer(offer.offer(), offer.runs().value(), offer.conditions())));
        Map<String, Located<String>> fallbacks = new HashMap<>();
        for (PlacementDefinition placement : source.placements()) {
            Layered<String> fallback = view.fallback(placement);
            if (fallback != null && fallback.where() != null) {
                fallbacks.put(placement.id().value(), new Located<>(fallback.value(), fallback.where()));
            }
        }
        return new CheckedMarket(
                view.market().id().value(),
                in(view.market(), anywhere),
                view.market().languages(),
                offers,
                view.suppressions(),
                fallbacks,
                (offer, variant, language) -> view.content(offer, variant, language) != null);
    }

    private Set<String> readByModels() {
        Set<String> names = new HashSet<>();
        parts.models().cards().forEach(card -> card.features().forEach(feature -> names.add(feature.from())));
        return names;
    }

    /** Whoever has a profile is under the law of their home; no place can allow what it forbids. */
    private BitSet unreadable(Purpose purpose) {
        int never = 0;
        for (DataClass dataClass : DataClass.values()) {
            boolean everywhere = regimes.stream().allMatch(regime -> isNever(regime, dataClass, purpose));
            if (everywhere || isNever(home, dataClass, purpose)) {
                never |= dataClass.bit();
            }
        }
        BitSet slots = new BitSet();
        for (int slot = 0; slot < parts.facts().size(); slot++) {
            DataClass dataClass = parts.facts().slot(slot).dataClass();
            if (dataClass != null && dataClass.in(never)) {
                slots.set(slot);
            }
        }
        for (ModelCard card : parts.models().cards()) {
            int slot = parts.facts().indexOf(ContractCompiler.SCORE + card.score());
            if (slot >= 0 && !purpose.in(card.purposes())) {
                slots.set(slot);
            }
        }
        return slots;
    }

    private static boolean isNever(Jurisdictions.Regime regime, DataClass dataClass, Purpose purpose) {
        return regime.law().basis(dataClass, purpose) == Basis.NEVER;
    }

    private static boolean isCountry(String text) {
        return text.length() == 2 && text.chars().allMatch(unit -> unit >= 'A' && unit <= 'Z');
    }

    private static boolean isSubdivision(String text) {
        return !text.isEmpty()
                && text.length() <= 3
                && text.chars().allMatch(unit -> (unit >= 'A' && unit <= 'Z') || (unit >= '0' && unit <= '9'));
    }
}
