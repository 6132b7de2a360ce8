package io.meridian.edge.cli.lab.cases;

import io.meridian.edge.adapter.config.ConfigTree.Item;
import io.meridian.edge.adapter.config.ConfigTree.Leaf;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.cli.lab.OfflineRegion;
import io.meridian.edge.cli.lab.RuleBook;
import io.meridian.edge.cli.lab.Visit;
import io.meridian.edge.cli.lab.cases.Coverage.Point;
import io.meridian.edge.core.DecisionProbe;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.bundle.Candidate;
import io.meridian.edge.core.bundle.ConditionCompiler;
import io.meridian.edge.core.bundle.Market;
import io.meridian.edge.core.bundle.PlacementPlan;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Segment;
import io.meridian.edge.core.eligibility.Suppression;
import io.meridian.edge.core.eligibility.Truth;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Facts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Watches the decisions of one region and notes which rules they met, in the order in which the pipeline looks at them. */
final class CoverageProbe implements DecisionProbe {
    private static final Set<String> ALL_ROOTS = Set.of("profile", "context", "score", "segment");

    private final Coverage coverage;
    private final RuleBook rules;
    private final Bundle bundle;
    private final ConditionCompiler compiler;
    private final Map<String, Condition> byText = new HashMap<>();
    private String market = "";
    private long now;

    CoverageProbe(Coverage coverage, RuleBook rules, OfflineRegion region) {
        this.coverage = coverage;
        this.rules = rules;
        this.bundle = region.bundle();
        this.compiler = BundleLoader.conditions(bundle);
    }

    /** The visit that is decided next. */
    void begin(Visit visit) {
        Market of = bundle.market(
                visit.request().context().market(), visit.request().context().country());
        market = of == null ? "" : of.id();
        now = visit.at();
    }

    /** What came of it. */
    void end(Decision decision) {
        decision.placements().stream()
                .flatMap(placement -> placement.items().stream())
                .map(Decision.Item::offer)
                .filter(Objects::nonNull)
                .forEach(offer -> find("offers", String.valueOf(offer)).forEach(item -> met(item, "", true)));
    }

    @Override
    public void sifted(PlacementPlan plan, Facts facts) {
        if (plan.usesSegments()) {
            for (int i = 0; i < bundle.segments().size(); i++) {
                Segment segment = bundle.segments().at(i);
                byte truth = bundle.conditions().at(segment.conditionIndex()).evaluate(facts);
                find("segments", segment.id()).forEach(item -> met(item, "when", truth == Truth.TRUE));
            }
        }
        for (Candidate candidate : plan.candidates()) {
            candidate(candidate, facts);
        }
        disabled(plan);
    }

    private void candidate(Candidate candidate, Facts facts) {
        boolean eligible = now >= candidate.from() && now < candidate.until();
        List<Item> offers = find("offers", candidate.offer());
        List<Item> changes = find("rules", candidate.offer());
        for (List<Item> layer : List.of(offers, changes)) {
            for (Item item : layer) {
                eligible &= evaluate(item, "when", facts);
            }
        }
        for (Suppression suppression : candidate.suppressions()) {
            if (eligible) {
                byte truth =
                        bundle.conditions().at(suppression.conditionIndex()).evaluate(facts);
                boolean out = suppression.excludes(truth);
                find("suppressions", suppression.id()).forEach(item -> met(item, "when", out));
                eligible = !out;
            }
        }
        if (eligible) {
            changes.forEach(item -> met(item, "", true));
            for (Item offer : offers) {
                for (String path : offer.leaves().keySet()) {
                    if (path.endsWith(".when")) {
                        evaluate(offer, path, facts);
                    }
                }
            }
        }
    }

    /** A rule that takes an offer out of the market shows where the offer would have been a candidate. */
    private void disabled(PlacementPlan plan) {
        for (Item rule : disabledRules()) {
            for (Item offer : find("offers", rule.id())) {
                String placements = Objects.requireNonNullElse(offer.text("placements"), "");
                if (placements.matches(".*[\\[ ]" + plan.id() + "[,\\]].*")) {
                    met(rule, "", true);
                }
            }
        }
    }

    private final Map<String, List<Item>> disabledByMarket = new HashMap<>();

    private List<Item> disabledRules() {
        return disabledByMarket.computeIfAbsent(
                market,
                key -> rules.all("rules").stream()
                        .filter(item -> RuleBook.isOf(
                                item.file(), market, bundle.region().id()))
                        .filter(item -> "true".equals(item.text("disabled")))
                        .toList());
    }

    /** True if the condition is, or there is none. */
    private boolean evaluate(Item item, String path, Facts facts) {
        Leaf when = item.leaves().get(path);
        Condition condition = when == null ? null : compiled(when.text());
        if (condition == null) {
            return true;
        }
        boolean truth = condition.evaluate(facts) == Truth.TRUE;
        met(item, path, truth);
        return truth;
    }

    /** Null only for a text that does not compile, which no configuration that decides has. */
    private @Nullable Condition compiled(String text) {
        return byText.computeIfAbsent(
                text,
                key -> compiler.compile(key, ALL_ROOTS) instanceof ConditionCompiler.Outcome.Compiled done
                        ? done.condition()
                        : null);
    }

    private final Map<String, List<Item>> found = new HashMap<>();

    private List<Item> find(String list, String id) {
        return found.computeIfAbsent(
                list + " " + id + " " + market,
                key -> rules.find(list, id, market, bundle.region().id()));
    }

    private void met(Item item, String path, boolean so) {
        Point point = coverage.point(item, path);
        if (point != null) {
            point.met(so);
        }
    }
}
