package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.CapDefinition;
import io.meridian.edge.core.bundle.definition.ChangesDefinition;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Bound;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Lock;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Reserved;
import io.meridian.edge.core.bundle.definition.LayerDefinition;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.RuleDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything markets and regions write against the guardrails. A lock keeps what the global layer says: it binds keys that exist
 * there. Bounds and reserved priorities bind whatever is written, a market's own offers and caps included.
 */
final class GuardrailChecks {
    private final BundleSource source;
    private final Findings findings;
    private final Guardrails guardrails;
    private final GlobalValues global;
    private final Exchange exchange;
    private final Map<String, OfferDefinition> globalOffers = new LinkedHashMap<>();

    GuardrailChecks(BundleSource source, Findings findings) {
        this.source = source;
        this.findings = findings;
        this.guardrails = new Guardrails(source.guardrails());
        this.global = new GlobalValues(source);
        this.exchange = new Exchange(source.currencies());
        source.global()
                .offers()
                .forEach(offer -> globalOffers.putIfAbsent(offer.id().value(), offer));
    }

    void run() {
        if (guardrails.isEmpty()) {
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
            changes(market.changes());
            content(market.layer());
            market.layer().suppressions().forEach(this::suppression);
        }
        source.regions().forEach(region -> changes(region.changes()));
    }

    private void ownOffer(OfferDefinition offer) {
        String id = offer.id().value();
        number(Keys.offer(id, Keys.LEVER), offer.lever());
        number(Keys.offer(id, Keys.VALUE), exchange.toBase(offer.value()));
        priority(id, offer.priority());
    }

    private void changes(ChangesDefinition changes) {
        changes.rules().forEach(this::rule);
        changes.fallbacks()
                .forEach(fallback -> lock(
                        Keys.placement(fallback.placement().value(), Keys.FALLBACK),
                        fallback.offer().where()));
        changes.sizes()
                .forEach(size -> number(Keys.placement(size.placement().value(), Keys.MAX_ITEMS), size.maxItems()));
        for (CapDefinition cap : changes.caps()) {
            number(Keys.cap(cap.id().value(), Keys.LIMIT), cap.limit());
            number(Keys.cap(cap.id().value(), Keys.WINDOW), cap.windowSeconds());
        }
        for (ChangesDefinition.Exclusion exclusion : changes.excludedCategories()) {
            Located<String> category = exclusion.category();
            lock(Keys.EXCLUDED, category.where());
            globalOffers.values().stream()
                    .filter(offer ->
                            offer.category() != null && offer.category().value().equals(category.value()))
                    .forEach(offer -> takenOut(offer, category.where(), "excluding " + category.value()));
        }
    }

    private void rule(RuleDefinition rule) {
        String id = rule.offer().value();
        if (rule.when() != null) {
            lock(Keys.offer(id, Keys.WHEN), rule.when().where());
        }
        if (rule.disabled() != null) {
            lock(Keys.offer(id, Keys.ENABLED), rule.disabled().where());
        }
        number(Keys.offer(id, Keys.LEVER), rule.lever());
        number(Keys.offer(id, Keys.VALUE), exchange.toBase(rule.value()));
        priority(id, rule.priority());
    }

    private void content(LayerDefinition layer) {
        layer.content()
                .forEach(content -> content.offers()
                        .forEach(offer -> lock(
                                Keys.offer(offer.offer().value(), Keys.CONTENT),
                                offer.offer().where())));
    }

    /** What keeps an offer from running changes whether it is enabled, however it is written. */
    private void suppression(SuppressionDefinition suppression) {
        String act = "the suppression " + suppression.id().value();
        for (OfferDefinition offer : globalOffers.values()) {
            Located<String> aim = Suppressions.aim(suppression, offer);
            if (aim != null) {
                takenOut(offer, aim.where(), act);
            }
        }
    }

    private void takenOut(OfferDefinition offer, Where where, String act) {
        String key = Keys.offer(offer.id().value(), Keys.ENABLED);
        Lock lock = guardrails.lock(key);
        if (lock != null) {
            findings.add(
                    where,
                    "locked-key",
                    act + " takes out an offer, and '" + key + "' is locked in "
                            + lock.key().where(),
                    "leave it out, or " + Rails.ask(lock.owner()));
        }
    }

    private void priority(String offer, @Nullable Located<Integer> priority) {
        number(Keys.offer(offer, Keys.PRIORITY), priority);
        Reserved reserved = priority == null ? null : guardrails.reserved(priority.value());
        if (priority != null && reserved != null) {
            findings.add(
                    priority.where(),
                    "reserved-priority",
                    "priority " + priority.value() + " is reserved: " + reserved.where() + " keeps " + reserved.from()
                            + " to " + reserved.to(),
                    "take another one, or " + Rails.ask(reserved.owner()));
        }
    }

    private void number(String key, @Nullable Located<? extends Number> written) {
        if (written == null) {
            return;
        }
        if (lock(key, written.where())) {
            return;
        }
        double value = written.value().doubleValue();
        for (Bound bound : guardrails.bounds(key)) {
            if (oversteps(key, value, bound)) {
                findings.add(
                        written.where(),
                        "out-of-bounds",
                        "'" + key + "' is " + Rails.value(Keys.field(key), value) + ", out of the bounds in "
                                + bound.key().where() + ": " + Rails.text(bound),
                        "stay within, or " + Rails.ask(bound.owner()));
            }
        }
    }

    private boolean oversteps(String key, double value, Bound bound) {
        if ((bound.min() != null && value < bound.min()) || (bound.max() != null && value > bound.max())) {
            return true;
        }
        Double own = bound.noLooser() ? global.number(key) : null;
        return own != null && (Keys.LOOSER_WHEN_HIGHER.contains(Keys.field(key)) ? value > own : value < own);
    }

    /** True, and a problem, if the key is locked. Only what the global layer says can be: a market's own offer is the market's. */
    private boolean lock(String key, Where where) {
        Lock lock = global.byKey().containsKey(key) ? guardrails.lock(key) : null;
        if (lock != null) {
            findings.add(
                    where,
                    "locked-key",
                    "'" + key + "' is locked in " + lock.key().where(),
                    "leave it out, or " + Rails.ask(lock.owner()));
        }
        return lock != null;
    }
}
