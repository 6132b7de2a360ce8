package io.meridian.edge.cli.lab.cases;

import io.meridian.edge.adapter.config.CaseDefinition;
import io.meridian.edge.adapter.config.CaseDefinition.Draw;
import io.meridian.edge.adapter.config.CaseDefinition.Expected;
import io.meridian.edge.adapter.config.CaseDefinition.Share;
import io.meridian.edge.adapter.config.ConfigTree;
import io.meridian.edge.adapter.redis.ProfileValues;
import io.meridian.edge.cli.lab.Configuration;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.model.Nearest;
import io.meridian.edge.core.profile.AttributeContract;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds the names of a case against the configuration: an offer that does not exist is never shown, and a case that says so proves nothing. */
final class CaseChecks {
    private static final Set<String> CONTEXT =
            Set.of("market", "country", "subdivision", "locale", "channel", "device");

    private final AttributeContract contract;
    private final Set<String> regions;
    private final Set<String> markets;
    private final Set<String> placements;
    private final Map<String, Set<String>> variantsByOffer = new HashMap<>();
    private final Set<String> guards = new TreeSet<>();

    CaseChecks(Configuration configuration, AttributeContract contract) {
        this.contract = contract;
        this.regions = new TreeSet<>(configuration.regions());
        this.markets = configuration.source().markets().stream()
                .map(market -> market.id().value())
                .collect(Collectors.toCollection(TreeSet::new));
        this.placements = configuration.source().placements().stream()
                .map(placement -> placement.id().value())
                .collect(Collectors.toCollection(TreeSet::new));
        for (ConfigTree.Item item : configuration.tree().items()) {
            if (item.list().equals("offers")) {
                variantsByOffer
                        .computeIfAbsent(item.id(), key -> new HashSet<>())
                        .addAll(variants(item));
            } else if (item.list().equals("suppressions") || item.list().equals("caps")) {
                guards.add(item.id());
            }
        }
    }

    private static Set<String> variants(ConfigTree.Item offer) {
        return offer.leaves().values().stream()
                .filter(leaf ->
                        leaf.path().startsWith("variants.") && leaf.path().endsWith(".id"))
                .map(ConfigTree.Leaf::text)
                .collect(Collectors.toSet());
    }

    /** What is wrong with a case. */
    List<Problem> problems(CaseDefinition one) {
        List<Problem> problems = new ArrayList<>();
        CaseDefinition.Given given = one.given();
        Stream.of(given.market())
                .filter(name -> name != null)
                .forEach(name -> known(name, markets, "market", problems));
        Stream.of(given.region())
                .filter(name -> name != null)
                .forEach(name -> known(name, regions, "region", problems));
        Set<String> namespaces = contract.namespaces().stream()
                .map(AttributeContract.Namespace::name)
                .collect(Collectors.toCollection(TreeSet::new));
        given.ids()
                .forEach(id -> known(new Located<>(id.value().get(0), id.where()), namespaces, "namespace", problems));
        given.profile().forEach((name, value) -> profile(name, value, one.visitors() > 1, problems));
        given.context().forEach((name, value) -> context(name, value, one.visitors() > 1, problems));
        given.seen().forEach(seen -> {
            known(seen.offer(), variantsByOffer.keySet(), "offer", problems);
            known(seen.placement(), placements, "placement", problems);
        });
        one.placements().forEach(expected -> expected(expected, problems));
        return problems;
    }

    private void expected(Expected expected, List<Problem> problems) {
        Set<String> offers = variantsByOffer.keySet();
        known(expected.placement(), placements, "placement", problems);
        List<Located<String>> named = expected.offers() == null ? List.of() : expected.offers();
        named.forEach(offer -> known(offer, offers, "offer", problems));
        expected.includes().forEach(offer -> known(offer, offers, "offer", problems));
        Set<String> variants = new TreeSet<>();
        named.forEach(offer -> variants.addAll(variantsByOffer.getOrDefault(offer.value(), Set.of())));
        if (expected.variants() != null && !named.isEmpty()) {
            expected.variants().forEach(variant -> known(variant, variants, "variant of this offer", problems));
        }
        expected.absent().forEach(absent -> {
            known(absent.offer(), offers, "offer", problems);
            if (absent.by() != null) {
                Located<String> by = new Located<>(absent.by(), absent.offer().where());
                known(by, guards, "suppression or cap", problems);
            }
        });
        expected.shares().forEach(share -> known(share.of(), offers, "offer", problems));
        expected.variantShares().forEach((offer, shares) -> {
            for (Share share : shares) {
                known(new Located<>(offer, share.of().where()), offers, "offer", problems);
                known(share.of(), variantsByOffer.getOrDefault(offer, Set.of()), "variant of " + offer, problems);
            }
        });
    }

    private void profile(String name, Located<Object> value, boolean many, List<Problem> problems) {
        Set<String> attributes = contract.attributes().stream()
                .map(AttributeContract.Attribute::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!known(new Located<>(name, value.where()), attributes, "attribute", problems)) {
            return;
        }
        for (Object one : values(value, many, problems)) {
            ProfileValues.check(contract, Map.of(name, one)).stream()
                    .limit(1)
                    .forEach(wrong -> problems.add(problem(value.where(), name + " " + wrong.problem(), "")));
        }
    }

    private void context(String name, Located<Object> value, boolean many, List<Problem> problems) {
        Set<String> names = contract.contextAttributes().stream()
                .map(AttributeContract.ContextAttribute::name)
                .collect(Collectors.toCollection(TreeSet::new));
        names.addAll(CONTEXT);
        known(new Located<>(name, value.where()), names, "context attribute", problems);
        for (Object one : values(value, many, problems)) {
            if (CONTEXT.contains(name) && !(one instanceof String)) {
                problems.add(problem(value.where(), name + " must be text", "put it in quotes"));
            }
        }
        if (name.equals("market") && value.value() instanceof String market) {
            known(new Located<>(market, value.where()), markets, "market", problems);
        }
    }

    /** Every value there can be. */
    private static Collection<Object> values(Located<Object> value, boolean many, List<Problem> problems) {
        if (!(value.value() instanceof Draw draw)) {
            return List.of(value.value());
        }
        if (!many) {
            problems.add(problem(value.where(), "one visitor has one value", "write visitors: 2000 beside the name"));
        }
        return draw.values().keySet();
    }

    private static boolean known(Located<String> name, Set<String> all, String what, List<Problem> problems) {
        if (all.contains(name.value())) {
            return true;
        }
        problems.add(new Problem(
                name.where().file(),
                name.where().line(),
                name.where().column(),
                "unknown-reference",
                "there is no " + what + " '" + name.value() + "'",
                Nearest.advice(name.value(), all)));
        return false;
    }

    private static Problem problem(Where where, String message, String advice) {
        return new Problem(where.file(), where.line(), where.column(), "bad-value", message, advice);
    }
}
