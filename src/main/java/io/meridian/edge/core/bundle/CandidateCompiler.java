package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Suppression;
import io.meridian.edge.core.frequency.FrequencyCap;
import io.meridian.edge.core.model.DataClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The offers of one market: definitions, rules and content in, candidates out. */
final class CandidateCompiler {
    /** A candidate, and what its being shown may depend on. */
    record Compiled(Candidate candidate, DataUse use) {}

    private static final double MIN_LEVER = 0.1;
    private static final double MAX_LEVER = 10;

    private final MarketView view;
    private final BundleParts parts;
    private final Findings findings;
    private final Languages languages;
    private final Map<String, Integer> rows = new HashMap<>();
    private final List<Compiled> compiled = new ArrayList<>();
    /** Condition of each suppression, by id: what could be compiled. */
    private final Map<String, Condition> suppressionConditions = new TreeMap<>();

    CandidateCompiler(MarketView view, BundleParts parts, Findings findings) {
        this.view = view;
        this.parts = parts;
        this.findings = findings;
        this.languages = view.languages();
        for (SuppressionDefinition suppression : view.suppressions()) {
            Condition condition = parts.conditions().compile(suppression.when(), Conditions.Scope.ANYTHING);
            if (condition != null) {
                suppressionConditions.put(suppression.id().value(), condition);
            }
        }
    }

    Compiled compile(OfferInMarket inMarket) {
        OfferDefinition offer = inMarket.offer();
        DataUse use = parts.newUse();
        Condition condition = when(inMarket);
        note(use, condition);
        double[] segmentPriors = segmentPriors(offer);
        offer.segmentPriors().forEach(prior -> use.addSegment(prior.segment().value()));
        FrequencyCap[] caps = caps(offer.caps());
        if (caps.length > 0) {
            use.addClass(DataClass.EXPOSURE.bit());
        }
        int[] factorConditions = new int[offer.factors().size()];
        double[] factors = new double[factorConditions.length];
        for (int i = 0; i < factors.length; i++) {
            Condition factor = compileOne(offer.factors().get(i).when(), Conditions.Scope.CONTEXT_ONLY);
            note(use, factor);
            factorConditions[i] = parts.conditions().index(factor);
            factors[i] = offer.factors().get(i).factor().value();
        }
        checkLever(inMarket);
        String category = offer.category() == null ? "" : offer.category().value();
        Compiled done = new Compiled(
                new Candidate(
                        compiled.size(),
                        offer.id().value(),
                        category,
                        parts.conditions().index(condition),
                        suppressions(offer, use),
                        caps,
                        offer.from() == null
                                ? Long.MIN_VALUE
                                : offer.from().value().toEpochMilli(),
                        offer.until() == null
                                ? Long.MAX_VALUE
                                : offer.until().value().toEpochMilli(),
                        CalendarCompiler.closures(view.market(), inMarket.exclusions()),
                        inMarket.priority().value(),
                        inMarket.value().value(),
                        inMarket.lever().value(),
                        offer.prior().value(),
                        segmentPriors,
                        factorConditions,
                        factors,
                        rows.computeIfAbsent(category, key -> rows.size()),
                        variants(offer, use)),
                use);
        compiled.add(done);
        return done;
    }

    /** Reports conditions of an offer that does not run here for now: it may tomorrow. */
    void checkOnly(OfferInMarket inMarket) {
        when(inMarket);
        inMarket.offer().variants().forEach(variant -> compileOne(variant.when(), Conditions.Scope.ANYTHING));
        inMarket.offer().factors().forEach(factor -> compileOne(factor.when(), Conditions.Scope.CONTEXT_ONLY));
    }

    FrequencyCap[] caps(List<Located<String>> references) {
        return references.stream()
                .map(reference -> view.caps().get(reference.value()))
                .filter(cap -> cap != null)
                .map(CapInMarket::cap)
                .toArray(FrequencyCap[]::new);
    }

    private @Nullable Condition when(OfferInMarket inMarket) {
        List<Condition> all = new ArrayList<>();
        for (ConditionText text : inMarket.conditions()) {
            Condition condition = compileOne(text, Conditions.Scope.ANYTHING);
            if (condition != null) {
                all.add(condition);
            }
        }
        return all.isEmpty() ? null : Condition.all(all);
    }

    private @Nullable Condition compileOne(@Nullable ConditionText text, Conditions.Scope scope) {
        return parts.conditions().compile(text, scope);
    }

    private static void note(DataUse use, @Nullable Condition condition) {
        if (condition != null) {
            use.add(condition);
        }
    }

    private void checkLever(OfferInMarket inMarket) {
        Layered<Double> lever = inMarket.lever();
        Located<Double> own = inMarket.offer().lever();
        if (own != null
                && lever.where() != null
                && !lever.where().equals(own.where())
                && !(lever.value() >= MIN_LEVER && lever.value() <= MAX_LEVER)) {
            findings.add(
                    lever.where(),
                    "out-of-range",
                    "the lever of '" + inMarket.id() + "' becomes " + lever.value() + ", for its own is " + own.value(),
                    "the product must stay within 0.1 to 10");
        }
    }

    private double[] segmentPriors(OfferDefinition offer) {
        if (offer.segmentPriors().isEmpty()) {
            return new double[0];
        }
        double[] priors = new double[parts.segments().size()];
        Arrays.fill(priors, -1);
        for (int i = 0; i < priors.length; i++) {
            for (OfferDefinition.SegmentPrior prior : offer.segmentPriors()) {
                if (prior.segment().value().equals(parts.segments().at(i).id())) {
                    priors[i] = prior.prior();
                }
            }
        }
        return priors;
    }

    private Suppression[] suppressions(OfferDefinition offer, DataUse use) {
        List<Suppression> applying = new ArrayList<>();
        for (SuppressionDefinition suppression : view.suppressions()) {
            Condition condition = suppressionConditions.get(suppression.id().value());
            if (condition != null && Suppressions.aim(suppression, offer) != null) {
                use.add(condition);
                applying.add(new Suppression(
                        suppression.id().value(),
                        suppression.legal(),
                        parts.conditions().index(condition)));
            }
        }
        return applying.toArray(Suppression[]::new);
    }

    private Candidate.Variant[] variants(OfferDefinition offer, DataUse use) {
        List<Candidate.Variant> variants = new ArrayList<>();
        int cumulated = 0;
        for (OfferDefinition.Variant variant : offer.variants()) {
            Condition condition = compileOne(variant.when(), Conditions.Scope.ANYTHING);
            note(use, condition);
            boolean drawn = variant.when() == null;
            if (drawn) {
                cumulated += variant.weight() == null ? 1 : variant.weight();
            }
            variants.add(new Candidate.Variant(
                    variant.id().value(),
                    parts.conditions().index(condition),
                    drawn ? cumulated : 0,
                    content(offer, variant)));
        }
        return variants.toArray(Candidate.Variant[]::new);
    }

    /** By language of the market; a language without content of its own gets what its chain gives. */
    private byte[][] content(OfferDefinition offer, OfferDefinition.Variant variant) {
        byte[][] own = new byte[languages.size()][];
        boolean any = false;
        for (int i = 0; i < own.length; i++) {
            own[i] = view.content(
                    offer.id().value(), variant.id().value(), languages.tags().get(i));
            any |= own[i] != null;
        }
        if (!any && own.length > 0 && findings.readable("content")) {
            findings.add(
                    offer.id().where(),
                    "missing-content",
                    "the offer '" + offer.id().value() + "', variant '"
                            + variant.id().value() + "', has no content for market '"
                            + view.market().id().value() + "'",
                    "write it in one of " + String.join(", ", languages.tags()));
        }
        byte[][] content = new byte[own.length][];
        for (int i = 0; i < own.length; i++) {
            content[i] = first(own, languages.chain(i));
        }
        return content;
    }

    private static byte[] first(byte[][] own, int[] chain) {
        for (int language : chain) {
            if (own[language] != null) {
                return own[language];
            }
        }
        return new byte[0];
    }
}
