package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.Conditions.Scope;
import io.meridian.edge.core.bundle.checks.StaticChecks;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.PlacementDefinition;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.bundle.definition.RegionDefinition;
import io.meridian.edge.core.bundle.definition.SegmentDefinition;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Segment;
import io.meridian.edge.core.eligibility.Segments;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Nearest;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.scoring.ModelCard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a configuration for one region. Gives a whole bundle or every problem there is, never something in between: a
 * compilation goes on after a problem to find the next, and its outcome is then thrown away.
 */
public final class BundleCompiler {
    /** What came of compiling. */
    public sealed interface Outcome {
        /**
         * Nothing is wrong.
         *
         * @param warnings what is worth a second look, sorted by file, line and column
         */
        record Compiled(Bundle bundle, List<Problem> warnings) implements Outcome {}

        /** @param problems at least one error, and the warnings; sorted by file, line and column */
        record Rejected(List<Problem> problems) implements Outcome {}
    }

    private final BundleSource source;
    private final RegionModels models;
    private final ConditionCompiler.Factory conditionCompilers;
    private final Findings findings;

    private BundleCompiler(BundleSource source, RegionModels models, ConditionCompiler.Factory conditionCompilers) {
        this.source = source;
        this.models = models;
        this.conditionCompilers = conditionCompilers;
        this.findings = new Findings(source.problems(), source.unreadable());
        models.problems().forEach(findings::add);
    }

    /**
     * Compiles. Takes some hundred milliseconds for a large configuration: never on an event loop.
     *
     * @param region the region's id
     * @param models the models the region names
     * @param conditionCompilers the language of conditions
     */
    public static Outcome compile(
            BundleSource source, String region, RegionModels models, ConditionCompiler.Factory conditionCompilers) {
        return new BundleCompiler(source, models, conditionCompilers).compile(region, false);
    }

    /**
     * The same, for whoever writes a configuration: also refuses what is wrong in markets that no region serves yet, as if this one
     * did. The bundle is without them.
     */
    public static Outcome compileAll(
            BundleSource source, String region, RegionModels models, ConditionCompiler.Factory conditionCompilers) {
        return new BundleCompiler(source, models, conditionCompilers).compile(region, true);
    }

    /**
     * The attribute contract alone, for whoever writes profiles without deciding.
     *
     * @param problems takes what is wrong with it; the contract is whole only if that stays empty
     */
    public static AttributeContract contract(BundleSource source, Collection<Problem> problems) {
        Findings findings = new Findings(List.of(), source.unreadable());
        AttributeContract contract = new ContractCompiler(findings).contract(source.attributes());
        problems.addAll(findings.all());
        return contract;
    }

    private Outcome compile(String regionId, boolean unserved) {
        new ReferenceChecks(source, findings).run();
        new ChangeChecks(source, findings).run();
        new GuardrailChecks(source, findings).run();
        RegionDefinition region = region(regionId);
        Map<String, Jurisdictions.Regime> regimes = new TreeMap<>();
        Jurisdictions jurisdictions = source.jurisdictions() == null
                ? null
                : new JurisdictionCompiler(findings)
                        .compile(source.jurisdictions(), region == null ? null : region.jurisdiction(), regimes);
        if (region == null) {
            return new Outcome.Rejected(findings.all());
        }
        ContractCompiler contracts = new ContractCompiler(findings);
        AttributeContract contract = contracts.contract(source.attributes());
        FactLayout facts = contracts.layout(contract, ModelCompiler.scores(region, models), source.segments());
        ModelCompiler modelCompiler = new ModelCompiler(models, findings);
        modelCompiler.compile(region, facts);
        placementModels(region, modelCompiler);
        Map<Integer, List<String>> allowed = ContractCompiler.allowedValues(contract, facts, source.markets());
        Conditions conditions = new Conditions(
                conditionCompilers.over(facts, slot -> allowed.getOrDefault(slot, List.of())),
                unjudgeable(modelCompiler),
                new ForbiddenAttributes(source.guardrails().forbidden(), facts),
                findings);
        Map<String, DataUse> behind = new HashMap<>();
        scores(facts, modelCompiler, behind);
        Segments segments = segments(facts, conditions, behind);
        BundleParts parts = new BundleParts(facts, conditions, segments, modelCompiler, behind);
        List<MarketCompiler> markets = new ArrayList<>();
        List<MarketView> views = new ArrayList<>();
        for (MarketDefinition market : marketsOf(region)) {
            MarketView view = new MarketView(source, market, region);
            views.add(view);
            MarketCompiler compiler = new MarketCompiler(view, parts, findings);
            compiler.compile(source.placements());
            markets.add(compiler);
        }
        if (unserved) {
            unserved()
                    .forEach(market -> new MarketCompiler(new MarketView(source, market, region), parts, findings)
                            .compile(source.placements()));
        }
        Jurisdictions.Regime home = region.jurisdiction() == null
                ? null
                : regimes.get(region.jurisdiction().value());
        if (findings.hasErrors() || jurisdictions == null || home == null) {
            return new Outcome.Rejected(findings.all());
        }
        StaticChecks.run(new CheckPreparation(source, parts, home, regimes.values()).prepare(regionId, allowed, views))
                .forEach(findings::add);
        if (findings.hasErrors()) {
            return new Outcome.Rejected(findings.all());
        }
        return new Outcome.Compiled(
                new BundleAssembly(source, region, contract, jurisdictions, home, parts, markets).bundle(),
                findings.all());
    }

    private @Nullable RegionDefinition region(String id) {
        List<String> known = new ArrayList<>();
        RegionDefinition found = null;
        Map<String, Where> seen = new HashMap<>();
        for (RegionDefinition region : source.regions()) {
            findings.first(seen, region.id(), "the region");
            known.add(region.id().value());
            found = found == null && region.id().value().equals(id) ? region : found;
        }
        if (found == null) {
            findings.add(
                    Where.file("regions/" + id + ".yaml"),
                    "missing-file",
                    "there is no region '" + id + "'",
                    Nearest.advice(id, known));
        }
        return found;
    }

    private List<MarketDefinition> marketsOf(RegionDefinition region) {
        Set<String> wanted = served(List.of(region));
        Set<String> taken = new HashSet<>();
        return source.markets().stream()
                .filter(market -> wanted.contains(market.id().value())
                        && taken.add(market.id().value()))
                .toList();
    }

    private List<MarketDefinition> unserved() {
        Set<String> served = served(source.regions());
        return source.markets().stream()
                .filter(market -> !served.contains(market.id().value()))
                .toList();
    }

    private static Set<String> served(List<RegionDefinition> regions) {
        Set<String> served = new HashSet<>();
        regions.forEach(region -> region.markets().forEach(market -> served.add(market.value())));
        return served;
    }

    private void placementModels(RegionDefinition region, ModelCompiler compiled) {
        Map<String, RegionDefinition.Model> named = new LinkedHashMap<>();
        region.models().forEach(model -> named.put(model.name().value(), model));
        for (PlacementDefinition placement : source.placements()) {
            Located<String> model = placement.model();
            if (model == null || !findings.knows(model, named.keySet(), Kind.MODEL)) {
                continue;
            }
            ModelCard card = compiled.card(model.value());
            if (card != null && card.kind() != ModelCard.Kind.CANDIDATE) {
                findings.add(
                        model.where(),
                        "wrong-model",
                        "the model '" + model.value() + "' looks at the visitor alone",
                        "rank by a model of the kind candidate; conditions can read score." + card.score());
            } else if (card != null && !MarketCompiler.profilePurpose(placement).in(card.purposes())) {
                findings.add(
                        model.where(),
                        "wrong-purpose",
                        "the model '" + model.value() + "' is not for "
                                + MarketCompiler.profilePurpose(placement)
                                + ", which the placement '"
                                + placement.id().value() + "' uses profiles for",
                        "its card allows " + purposes(card.purposes())
                                + "; rank without it, or by a model whose card lists this purpose");
            }
        }
    }

    private static String purposes(int mask) {
        List<String> names = new ArrayList<>();
        for (Purpose purpose : Purpose.values()) {
            if (purpose.in(mask)) {
                names.add(purpose.name());
            }
        }
        return String.join(", ", names);
    }

    /** What conditions may name although nothing is known of it, because its definition could not be read. */
    private List<String> unjudgeable(ModelCompiler models) {
        List<String> names = new ArrayList<>();
        if (!models.complete()) {
            names.add(ContractCompiler.SCORE);
        }
        if (source.unreadable().contains("global/attributes.yaml")) {
            names.addAll(List.of(ContractCompiler.PROFILE, ContractCompiler.CONTEXT));
        }
        if (source.unreadable().contains("global/segments.yaml")) {
            names.add(ContractCompiler.SEGMENT);
        }
        source.attributes().profile().stream()
                .filter(attribute -> attribute.type() == null)
                .forEach(attribute ->
                        names.add(ContractCompiler.PROFILE + attribute.name().value()));
        source.attributes().context().stream()
                .filter(attribute -> attribute.type() == null)
                .forEach(attribute -> names.add(
                        ContractCompiler.CONTEXT_ATTRIBUTE + attribute.name().value()));
        return names;
    }

    /** A subject model's card and the compiled model stand in the same order. */
    private static void scores(FactLayout facts, ModelCompiler models, Map<String, DataUse> behind) {
        int index = 0;
        for (ModelCard card : models.cards()) {
            if (card.kind() == ModelCard.Kind.SUBJECT) {
                DataUse use = new DataUse(facts, Map.of());
                use.add(card);
                use.addSubjectModel(index++);
                behind.put(ContractCompiler.SCORE + card.score(), use);
            }
        }
    }

    private Segments segments(FactLayout facts, Conditions conditions, Map<String, DataUse> behind) {
        Map<String, DataUse> scores = Map.copyOf(behind);
        Map<String, DataUse> byGroup = new HashMap<>();
        List<Segment> segments = new ArrayList<>();
        Set<String> places = new HashSet<>();
        for (SegmentDefinition definition : source.segments()) {
            Condition condition = conditions.compile(definition.when(), Scope.NO_SEGMENTS);
            Located<Integer> priority = definition.priority();
            if (condition == null || priority == null) {
                continue;
            }
            DataUse use = byGroup.computeIfAbsent(definition.group().value(), key -> new DataUse(facts, scores));
            use.add(condition);
            behind.put(ContractCompiler.SEGMENT + definition.id().value(), use);
            // Doubled ones were reported; the segments' own constructor refuses them.
            if (places.add(definition.group().value() + " " + priority.value())) {
                segments.add(new Segment(
                        definition.id().value(),
                        definition.kind(),
                        definition.group().value(),
                        priority.value(),
                        conditions.index(condition),
                        facts.indexOf(ContractCompiler.SEGMENT + definition.id().value())));
            }
        }
        return new Segments(segments);
    }
}
