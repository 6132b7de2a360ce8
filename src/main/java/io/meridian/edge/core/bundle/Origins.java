package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.Origin.Rail;
import io.meridian.edge.core.bundle.Origin.Said;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.ChangesDefinition.Exclusion;
import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Lock;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.PlacementDefinition;
import io.meridian.edge.core.bundle.definition.RegionDefinition;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Every value that counts in the markets of a region, with its origin. */
public final class Origins {
    private final MarketView view;
    private final Guardrails guardrails;
    private final String base;
    private final List<Origin> found = new ArrayList<>();

    private Origins(MarketView view, Guardrails guardrails, String base) {
        this.view = view;
        this.guardrails = guardrails;
        this.base = base;
    }

    /**
     * By market and key. Also of a configuration that is not fine: what could be read is there.
     *
     * @param region the region's id; of an unknown one there is nothing
     */
    public static List<Origin> of(BundleSource source, String region) {
        RegionDefinition served = source.regions().stream()
                .filter(one -> one.id().value().equals(region))
                .findFirst()
                .orElse(null);
        if (served == null) {
            return List.of();
        }
        Set<String> markets = new HashSet<>();
        served.markets().forEach(market -> markets.add(market.value()));
        Guardrails guardrails = new Guardrails(source.guardrails());
        String base = new Exchange(source.currencies()).base();
        List<Origin> all = new ArrayList<>();
        for (MarketDefinition market : source.markets()) {
            if (markets.remove(market.id().value())) {
                Origins origins = new Origins(new MarketView(source, market, served), guardrails, base);
                source.placements().forEach(origins::add);
                origins.addRest();
                all.addAll(origins.found);
            }
        }
        all.sort(Comparator.comparing(Origin::market).thenComparing(Origin::key));
        return List.copyOf(all);
    }

    private void add(PlacementDefinition placement) {
        String id = placement.id().value();
        Layered<String> fallback = view.fallback(placement);
        if (fallback != null) {
            add(true, Keys.placement(id, Keys.FALLBACK), fallback, Function.identity());
        }
        add(true, Keys.placement(id, Keys.MAX_ITEMS), view.maxItems(placement), Object::toString);
    }

    private void addRest() {
        view.offers().values().forEach(this::add);
        view.caps().forEach((id, cap) -> {
            boolean global = isGlobal(cap.definition().id());
            add(global, Keys.cap(id, Keys.LIMIT), cap.limit(), Object::toString);
            add(global, Keys.cap(id, Keys.WINDOW), cap.windowSeconds(), seconds -> Rails.value(Keys.WINDOW, seconds));
        });
        Layered<String> excluded = Layered.host("none");
        String all = "";
        for (Exclusion exclusion : view.exclusions()) {
            all = all.isEmpty() ? text(exclusion) : all + ", " + text(exclusion);
            excluded = excluded.under(all, exclusion.category().where());
        }
        add(true, Keys.EXCLUDED, excluded, Function.identity());
    }

    private void add(OfferInMarket offer) {
        String id = offer.id();
        boolean global = isGlobal(offer.offer().id());
        add(global, Keys.offer(id, Keys.ENABLED), offer.runs(), Object::toString);
        add(global, Keys.offer(id, Keys.LEVER), offer.lever(), Rails::number);
        add(
                global,
                Keys.offer(id, Keys.VALUE),
                offer.value(),
                value -> Rails.number(value) + (base.isEmpty() ? "" : " " + base));
        add(global, Keys.offer(id, Keys.PRIORITY), offer.priority(), Object::toString);
        Layered<String> when = Layered.host("always");
        String joined = "";
        for (ConditionText condition : offer.conditions()) {
            String text = condition.text();
            joined = joined.isEmpty() ? text : "(" + joined + ") && (" + text + ")";
            when = when.under(joined, condition.where());
        }
        add(global, Keys.offer(id, Keys.WHEN), when, Function.identity());
    }

    private static boolean isGlobal(Located<String> id) {
        return Layer.of(id.where()) == Layer.GLOBAL;
    }

    private static String text(Exclusion exclusion) {
        String from = exclusion.from() == null ? "" : " from " + exclusion.from();
        String to = exclusion.to() == null ? "" : " to " + exclusion.to();
        return exclusion.category().value() + from + to;
    }

    private <T> void add(boolean global, String key, Layered<T> value, Function<T, String> text) {
        List<Said> overrides = new ArrayList<>();
        for (Layered<T> below = value.over(); below != null; below = below.over()) {
            overrides.add(new Said(text.apply(below.value()), below.layer(), below.where()));
        }
        found.add(new Origin(
                view.market().id().value(),
                key,
                text.apply(value.value()),
                value.layer(),
                value.where(),
                List.copyOf(overrides),
                rails(key, global)));
    }

    /** @param global true if the global layer knows the key: only then a lock binds it */
    private List<Rail> rails(String key, boolean global) {
        List<Rail> rails = new ArrayList<>();
        Lock lock = guardrails.lock(key);
        if (lock != null && global) {
            Where where = lock.key().where();
            rails.add(new Rail("", where, lock.owner().ask(), lock.owner().why()));
        }
        guardrails
                .bounds(key)
                .forEach(bound -> rails.add(new Rail(
                        Rails.text(bound),
                        bound.key().where(),
                        bound.owner().ask(),
                        bound.owner().why())));
        return List.copyOf(rails);
    }
}
