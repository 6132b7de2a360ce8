package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.CalendarDefinition.QuietHours;
import io.meridian.edge.core.bundle.definition.CapDefinition;
import io.meridian.edge.core.bundle.definition.ChangesDefinition;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition;
import io.meridian.edge.core.bundle.definition.LayerDefinition;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.RegionDefinition;
import io.meridian.edge.core.bundle.definition.RuleDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds everything markets and regions write against the guardrails. A lock keeps what the global layer says: it binds keys that exist
 * there. Bounds and reserved priorities bind whatever is written, a market's own offers and caps included.
 */
final class GuardrailChecks {
    private static final int DAY = 86_400;

    private final BundleSource source;
    private final Findings findings;
    private final GlobalValues global;
    private final GuardrailJudge judge;
    private final Exchange exchange;
    private final Map<String, OfferDefinition> globalOffers = new LinkedHashMap<>();

    GuardrailChecks(BundleSource source, Findings findings) {
        this.source = source;
        this.findings = findings;
        this.global = new GlobalValues(source);
        this.judge = new GuardrailJudge(new Guardrails(source.guardrails()), global, findings);
        this.exchange = new Exchange(source.currencies());
        source.global()
                .offers()
                .forEach(offer -> globalOffers.putIfAbsent(offer.id().value(), offer));
    }

    void run() {
        if (source.guardrails().equals(GuardrailsDefinition.NONE)) {
            return;
        }
        Set<String> keys = new LinkedHashSet<>(global.byKey().keySet());
        source.markets().forEach(market -> {
            market.layer()
                    .offers()
                    .forEach(offer -> Keys.OF_OFFER.forEach(
                            field -> keys.add(Keys.offer(offer.id().value(), field))));
            market.changes()
                    .caps()
                    .forEach(cap -> Keys.OF_CAP.forEach(
                            field -> keys.add(Keys.cap(cap.id().value(), field))));
        });
        new GuardrailPatterns(source, findings).check(keys);
        for (MarketDefinition market : source.markets()) {
            market.layer().offers().forEach(this::ownOffer);
            changes(market.changes(), market.layer().offers());
            quietHours(market.calendar().quietHours());
            content(market.layer());
            market.layer().suppressions().forEach(this::suppression);
        }
        source.regions().forEach(region -> changes(region.changes(), ownOffers(region)));
    }

    private void ownOffer(OfferDefinition offer) {
        String id = offer.id().value();
        judge.number(Keys.offer(id, Keys.LEVER), offer.lever());
        judge.number(Keys.offer(id, Keys.VALUE), exchange.toBase(offer.value()));
        judge.priority(id, offer.priority());
        judge.number(Keys.offer(id, Keys.PROPENSITY), offer.prior());
        for (OfferDefinition.SegmentPrior prior : offer.segmentPriors()) {
            judge.number(
                    Keys.offer(id, Keys.PROPENSITY),
                    new Located<>(prior.prior(), prior.segment().where()));
        }
        factors(Keys.offer(id, Keys.FACTOR), offer.factors());
    }

    /** Several may be true at once: what binds one would not bind their product. */
    private void factors(String key, List<OfferDefinition.Factor> factors) {
        double up = 1;
        double down = 1;
        for (OfferDefinition.Factor one : factors) {
            double factor = one.factor().value();
            up *= Math.max(1, factor);
            down *= Math.min(1, factor);
            judge.number(
                    key,
                    new Located<>(
                            factor > 1 ? up : factor < 1 ? down : 1,
                            one.factor().where()));
        }
    }

    private List<OfferDefinition> ownOffers(RegionDefinition region) {
        Set<String> served = region.markets().stream().map(Located::value).collect(Collectors.toSet());
        return source.markets().stream()
                .filter(market -> served.contains(market.id().value()))
                .flatMap(market -> market.layer().offers().stream())
                .toList();
    }

    /** A channel that is always silent would take out everything, locked offers too. */
    private void quietHours(List<QuietHours> written) {
        Map<String, BitSet> silent = new HashMap<>();
        for (QuietHours hours : written) {
            int from = hours.from().toSecondOfDay();
            int until = hours.until().toSecondOfDay();
            for (Located<String> channel : hours.channels()) {
                BitSet seconds = silent.computeIfAbsent(channel.value(), key -> new BitSet(DAY));
                if (from < until) {
                    seconds.set(from, until);
                } else {
                    seconds.set(from, DAY);
                    seconds.set(0, until);
                }
                judge.number(Keys.QUIET_HOURS, new Located<>(seconds.cardinality() / 3_600.0, channel.where()));
            }
        }
    }

    /** @param own offers of the markets it is written for */
    private void changes(ChangesDefinition changes, List<OfferDefinition> own) {
        changes.rules().forEach(rule -> rule(rule, own));
        changes.fallbacks()
                .forEach(fallback -> judge.lock(
                        Keys.placement(fallback.placement().value(), Keys.FALLBACK),
                        fallback.offer().where()));
        changes.sizes()
                .forEach(size ->
                        judge.number(Keys.placement(size.placement().value(), Keys.MAX_ITEMS), size.maxItems()));
        for (CapDefinition cap : changes.caps()) {
            judge.number(Keys.cap(cap.id().value(), Keys.LIMIT), cap.limit());
            judge.number(Keys.cap(cap.id().value(), Keys.WINDOW), cap.windowSeconds());
        }
        for (ChangesDefinition.Exclusion exclusion : changes.excludedCategories()) {
            Located<String> category = exclusion.category();
            judge.lock(Keys.EXCLUDED, category.where());
            globalOffers.values().stream()
                    .filter(offer ->
                            offer.category() != null && offer.category().value().equals(category.value()))
                    .forEach(offer -> judge.takenOut(offer, category.where(), "excluding " + category.value()));
        }
    }

    private void rule(RuleDefinition rule, List<OfferDefinition> own) {
        String id = rule.offer().value();
        if (rule.when() != null) {
            judge.lock(Keys.offer(id, Keys.WHEN), rule.when().where());
        }
        if (rule.disabled() != null) {
            judge.lock(Keys.offer(id, Keys.ENABLED), rule.disabled().where());
        }
        lever(rule, own);
        judge.number(Keys.offer(id, Keys.VALUE), exchange.toBase(rule.value()));
        judge.priority(id, rule.priority());
    }

    /** Of an offer of its own a market writes both, the lever and the factor: judged is what comes out. Else the factor. */
    private void lever(RuleDefinition rule, List<OfferDefinition> own) {
        Located<Double> factor = rule.lever();
        String key = Keys.offer(rule.offer().value(), Keys.LEVER);
        if (factor == null || globalOffers.containsKey(rule.offer().value())) {
            judge.number(key, factor);
            return;
        }
        for (OfferDefinition offer : own) {
            if (offer.id().value().equals(rule.offer().value())) {
                double lever = offer.lever() == null ? 1 : offer.lever().value();
                judge.number(key, new Located<>(lever * factor.value(), factor.where()));
            }
        }
    }

    private void content(LayerDefinition layer) {
        layer.content()
                .forEach(content -> content.offers()
                        .forEach(offer -> judge.lock(
                                Keys.offer(offer.offer().value(), Keys.CONTENT),
                                offer.offer().where())));
    }

    /** What keeps an offer from running changes whether it is enabled and when it runs, however it is written. */
    private void suppression(SuppressionDefinition suppression) {
        String act = "the suppression " + suppression.id().value();
        for (OfferDefinition offer : globalOffers.values()) {
            Located<String> aim = Suppressions.aim(suppression, offer);
            if (aim != null) {
                judge.takenOut(offer, aim.where(), act);
            }
        }
    }
}
