package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.CapDefinition;
import io.meridian.edge.core.bundle.definition.ChangesDefinition;
import io.meridian.edge.core.bundle.definition.CurrenciesDefinition;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.Money;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.RegionDefinition;
import io.meridian.edge.core.bundle.definition.RuleDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.frequency.FrequencyCap;
import io.meridian.edge.core.model.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds what markets and regions change against what there is to be changed. */
final class ChangeChecks {
    private final BundleSource source;
    private final Findings findings;
    private final Exchange exchange;
    private final Set<String> placements = new LinkedHashSet<>();
    private final Set<String> categories = new LinkedHashSet<>();
    private final Set<String> globalCaps = new LinkedHashSet<>();

    ChangeChecks(BundleSource source, Findings findings) {
        this.source = source;
        this.findings = findings;
        this.exchange = new Exchange(source.currencies());
        source.placements().forEach(placement -> placements.add(placement.id().value()));
        source.categories().forEach(category -> categories.add(category.value()));
        source.caps().forEach(cap -> globalCaps.add(cap.id().value()));
    }

    void run() {
        currencies();
        source.global().offers().forEach(offer -> amount(offer.value()));
        Map<String, MarketDefinition> markets = new LinkedHashMap<>();
        for (MarketDefinition market : source.markets()) {
            markets.putIfAbsent(market.id().value(), market);
            market.layer().offers().forEach(offer -> amount(offer.value()));
            changes(market.changes());
            Set<String> known = offersOf(market);
            market.changes()
                    .rules()
                    .forEach(rule -> rule(rule, known, "market '" + market.id().value() + "'"));
            suppressions(market);
            new CalendarCompiler(findings).check(market.calendar());
            capsOf(market);
        }
        for (RegionDefinition region : source.regions()) {
            changes(region.changes());
            Set<String> offers = new LinkedHashSet<>();
            Set<String> caps = new LinkedHashSet<>(globalCaps);
            region.markets().forEach(name -> {
                MarketDefinition market = markets.get(name.value());
                if (market != null) {
                    offers.addAll(offersOf(market));
                    market.changes().caps().forEach(cap -> caps.add(cap.id().value()));
                }
            });
            String label = "a market of region '" + region.id().value() + "'";
            region.changes().rules().forEach(rule -> rule(rule, offers, label));
            region.changes().caps().forEach(cap -> {
                if (findings.knows(cap.id(), caps, Kind.CAP)) {
                    onlyNumbers(cap);
                }
            });
        }
    }

    private void currencies() {
        CurrenciesDefinition currencies = source.currencies();
        if (currencies == null) {
            return;
        }
        Map<String, Where> seen = new HashMap<>();
        seen.put(currencies.base().value(), currencies.base().where());
        currencies.rates().forEach(rate -> findings.first(seen, rate.currency(), "the rate of"));
        for (MarketDefinition market : source.markets()) {
            known(market.currency());
        }
    }

    private void amount(@Nullable Located<Money> money) {
        Located<String> currency = money == null ? null : money.value().currency();
        if (currency != null) {
            known(currency);
        }
    }

    private void known(Located<String> currency) {
        Set<String> rates = exchange.rates().keySet();
        if (!rates.contains(currency.value()) && findings.readable("global/currencies.yaml")) {
            String near = Nearest.of(currency.value(), rates);
            findings.add(
                    currency.where(),
                    "unknown-currency",
                    "there is no rate of " + currency.value(),
                    "add it to rates in global/currencies.yaml"
                            + (near == null ? "" : ", or did you mean " + near + "?"));
        }
    }

    private void changes(ChangesDefinition changes) {
        Map<String, Where> rules = new HashMap<>();
        changes.rules().forEach(rule -> {
            findings.first(rules, rule.offer(), "a rule for");
            amount(rule.value());
        });
        changes.fallbacks().forEach(fallback -> findings.knows(fallback.placement(), placements, Kind.PLACEMENT));
        changes.sizes().forEach(size -> findings.knows(size.placement(), placements, Kind.PLACEMENT));
        changes.excludedCategories()
                .forEach(exclusion -> findings.knows(exclusion.category(), categories, Kind.CATEGORY));
        Map<String, Where> caps = new HashMap<>();
        changes.caps().forEach(cap -> findings.first(caps, cap.id(), "the cap"));
    }

    private Set<String> offersOf(MarketDefinition market) {
        Set<String> ids = new LinkedHashSet<>();
        List<OfferDefinition> all = new ArrayList<>(source.global().offers());
        all.addAll(market.layer().offers());
        for (OfferDefinition offer : all) {
            List<Located<String>> markets = offer.markets();
            if (markets == null
                    || markets.stream()
                            .anyMatch(name -> name.value().equals(market.id().value()))) {
                ids.add(offer.id().value());
            }
        }
        return ids;
    }

    private void rule(RuleDefinition rule, Set<String> known, String place) {
        Located<String> reference = rule.offer();
        boolean elsewhere = !known.contains(reference.value())
                && source.global().offers().stream()
                        .anyMatch(offer -> offer.id().value().equals(reference.value()));
        if (elsewhere) {
            findings.add(
                    reference.where(),
                    "unknown-reference",
                    "the offer '" + reference.value() + "' does not run in " + place,
                    "add the market to the offer's markets, or leave this out");
        } else {
            findings.knows(reference, known, Kind.OFFER);
        }
    }

    private void suppressions(MarketDefinition market) {
        Map<String, Where> seen = new HashMap<>();
        List<SuppressionDefinition> all = new ArrayList<>(source.global().suppressions());
        all.addAll(market.layer().suppressions());
        all.forEach(suppression -> findings.first(seen, suppression.id(), "the suppression"));
    }

    /** A cap of its own must be whole; of a global one only the numbers may differ. */
    private void capsOf(MarketDefinition market) {
        for (CapDefinition cap : market.changes().caps()) {
            if (globalCaps.contains(cap.id().value())) {
                onlyNumbers(cap);
                continue;
            }
            List<String> missing = new ArrayList<>();
            if (cap.limit() == null) {
                missing.add("limit");
            }
            if (cap.windowSeconds() == null) {
                missing.add("window");
            }
            if (cap.per() == null && cap.readable()) {
                missing.add("per");
            }
            if (!missing.isEmpty() && findings.readable("caps.yaml")) {
                findings.add(
                        cap.id().where(),
                        "missing-key",
                        "there is no global cap '" + cap.id().value() + "', and for one of its own "
                                + String.join(", ", missing) + (missing.size() == 1 ? " is" : " are") + " missing",
                        Nearest.advice(cap.id().value(), globalCaps));
            }
        }
    }

    private void onlyNumbers(CapDefinition cap) {
        Located<FrequencyCap.Per> per = cap.per();
        Located<Boolean> strict = cap.strict();
        Where where = per != null ? per.where() : strict != null ? strict.where() : null;
        if (where != null) {
            findings.add(
                    where,
                    "unexpected-key",
                    "what the cap '" + cap.id().value()
                            + "' counts and whether it is strict is said where it is defined",
                    "change limit and window only, or give a cap of your own another id");
        }
    }
}
