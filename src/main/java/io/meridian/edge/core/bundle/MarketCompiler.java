package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.CandidateCompiler.Compiled;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.PlacementDefinition;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.eligibility.ConditionSet;
import io.meridian.edge.core.eligibility.EligibilityIndex;
import io.meridian.edge.core.frequency.FrequencyCap;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Nearest;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.scoring.ModelCard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One market: its offers as candidates, then every placement with those that may run there. */
final class MarketCompiler {
    private final MarketView view;
    private final BundleParts parts;
    private final Findings findings;
    private final CandidateCompiler candidates;
    private final Map<String, Compiled> byOffer = new LinkedHashMap<>();

    /** A placement before the set of conditions is closed. */
    private record Draft(
            PlacementDefinition definition,
            List<Compiled> candidates,
            Compiled fallback,
            FrequencyCap[] caps,
            DataUse use) {}

    /** Why an offer cannot be a fallback, and where that is said: a layer above the fallback's hears of it there. */
    private record Obstacle(String text, Where where) {}

    private final List<Draft> drafts = new ArrayList<>();

    MarketCompiler(MarketView view, BundleParts parts, Findings findings) {
        this.view = view;
        this.parts = parts;
        this.findings = findings;
        this.candidates = new CandidateCompiler(view, parts, findings);
    }

    String id() {
        return view.market().id().value();
    }

    MarketDefinition definition() {
        return view.market();
    }

    /** Compiles all conditions of the market; {@link #finish} needs the set they ended up in. */
    void compile(List<PlacementDefinition> placements) {
        view.offers().forEach((id, offer) -> {
            if (!offer.enabled().value()) {
                candidates.checkOnly(offer);
            } else {
                byOffer.put(id, candidates.compile(offer));
            }
        });
        for (PlacementDefinition placement : placements) {
            Compiled fallback = fallback(placement);
            if (fallback != null) {
                drafts.add(draft(placement, fallback));
            }
        }
    }

    /** The market; complete only if nothing was found wrong. */
    Market finish(ConditionSet conditions) {
        Map<String, PlacementPlan> plans = new LinkedHashMap<>();
        drafts.forEach(draft -> plans.putIfAbsent(draft.definition.id().value(), plan(draft, conditions)));
        MarketDefinition market = view.market();
        return new Market(
                id(),
                view.languages(),
                CalendarCompiler.calendar(market),
                market.currency().value(),
                Map.copyOf(plans));
    }

    private Draft draft(PlacementDefinition placement, Compiled fallback) {
        List<Compiled> running = new ArrayList<>();
        view.offers().forEach((id, offer) -> {
            Compiled compiled = byOffer.get(id);
            boolean runsHere = offer.offer().placements().stream()
                    .anyMatch(name -> name.value().equals(placement.id().value()));
            if (compiled != null && runsHere) {
                running.add(compiled);
            }
        });
        DataUse use = parts.newUse();
        running.forEach(compiled -> use.add(compiled.use()));
        use.add(fallback.use());
        ModelCard card = model(placement);
        if (card != null) {
            use.add(card);
        }
        FrequencyCap[] caps = candidates.caps(placement.caps());
        if (caps.length > 0) {
            use.addClass(DataClass.EXPOSURE.bit());
        }
        if (view.market().languages().size() > 1) {
            use.addContextField("locale");
        }
        return new Draft(placement, running, fallback, caps, use);
    }

    private PlacementPlan plan(Draft draft, ConditionSet conditions) {
        PlacementDefinition placement = draft.definition;
        Candidate[] running = draft.candidates.stream().map(Compiled::candidate).toArray(Candidate[]::new);
        int[] conditionIndexes = new int[running.length];
        for (int i = 0; i < running.length; i++) {
            conditionIndexes[i] = running[i].condition();
        }
        Located<String> model = placement.model();
        return new PlacementPlan(
                placement.id().value(),
                profilePurpose(placement),
                placement.advertising() ? Purpose.CONTEXTUAL_ADS : Purpose.CONTEXTUAL,
                List.copyOf(placement.channels()),
                view.maxItems(placement).value(),
                running,
                new EligibilityIndex(conditions, conditionIndexes),
                PlacementPlan.scheduleEdges(running),
                placement.ranking(),
                model == null ? -1 : parts.models().candidateIndex(model.value()),
                draft.caps,
                draft.fallback.candidate(),
                placement.staticContent(),
                draft.use.dataClasses(),
                List.copyOf(draft.use.contextFields()),
                draft.use.calendarFacts(),
                draft.use.subjectModels(),
                draft.use.usesSegments());
    }

    /** What a placement uses visitors' profiles for. */
    static Purpose profilePurpose(PlacementDefinition placement) {
        return placement.advertising() ? Purpose.SELECT_ADS : Purpose.SELECT_CONTENT;
    }

    private @Nullable ModelCard model(PlacementDefinition placement) {
        Located<String> model = placement.model();
        return model == null ? null : parts.models().card(model.value());
    }

    /** What the strongest layer gives when nothing is eligible. Null, and a problem, if there is none that always goes. */
    private @Nullable Compiled fallback(PlacementDefinition placement) {
        Layered<String> reference = view.fallback(placement);
        if (reference == null) {
            return null;
        }
        Where where = Objects.requireNonNull(reference.where());
        OfferInMarket offer = view.offers().get(reference.value());
        if (offer == null && !findings.readable("offers.yaml")) {
            return null;
        }
        if (offer == null) {
            findings.add(
                    where,
                    "unknown-reference",
                    "the fallback '" + reference.value() + "' of placement '"
                            + placement.id().value() + "' is no offer of market '" + id() + "'",
                    Nearest.advice(reference.value(), view.offers().keySet()));
            return null;
        }
        Obstacle obstacle = obstacle(offer);
        if (obstacle != null) {
            findings.add(
                    Layer.of(obstacle.where).compareTo(reference.layer()) > 0 ? obstacle.where : where,
                    "bad-fallback",
                    "the fallback '" + reference.value() + "' of placement '"
                            + placement.id().value() + "' " + obstacle.text + " in market '" + id() + "'",
                    "a fallback must always be possible: no condition, no schedule, no caps");
            return null;
        }
        return byOffer.get(reference.value());
    }

    private static @Nullable Obstacle obstacle(OfferInMarket inMarket) {
        OfferDefinition offer = inMarket.offer();
        Where own = offer.id().where();
        if (!inMarket.enabled().value()) {
            return new Obstacle(
                    "is disabled", Objects.requireNonNullElse(inMarket.enabled().where(), own));
        }
        if (!inMarket.exclusions().isEmpty()) {
            return new Obstacle(
                    "is of an excluded category",
                    inMarket.exclusions().get(0).category().where());
        }
        if (!inMarket.conditions().isEmpty()) {
            return new Obstacle("has a condition", inMarket.conditions().get(0).where());
        }
        if (offer.from() != null || offer.until() != null) {
            return new Obstacle("has a schedule", own);
        }
        return offer.caps().isEmpty() ? null : new Obstacle("has caps", own);
    }
}
