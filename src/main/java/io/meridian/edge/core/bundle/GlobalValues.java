package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.CapDefinition;
import io.meridian.edge.core.bundle.definition.ContentDefinition;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.PlacementDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the host and the global layer say by themselves, as text by key; and the countries of each market, which nobody overrides but
 * the centre may want to see changed.
 */
final class GlobalValues {
    private final Map<String, String> byKey = new TreeMap<>();
    private final Map<String, Double> numbers = new HashMap<>();

    GlobalValues(BundleSource source) {
        Exchange exchange = new Exchange(source.currencies());
        source.global().offers().forEach(offer -> add(OfferInMarket.of(offer, List.of(), exchange)));
        source.global().content().forEach(this::add);
        source.placements().forEach(this::add);
        source.caps().forEach(this::add);
        byKey.put(Keys.EXCLUDED, "");
        byKey.put(Keys.QUIET_HOURS, "");
        source.markets()
                .forEach(market -> byKey.put(
                        Keys.market(market.id().value(), Keys.COUNTRIES), Definitions.sorted(market.countries())));
    }

    /** Sorted by key. */
    Map<String, String> byKey() {
        return byKey;
    }

    /** The number a key stands for; null if it is none. */
    @Nullable
    Double number(String key) {
        return numbers.get(key);
    }

    private void add(OfferInMarket inMarket) {
        String id = inMarket.id();
        OfferDefinition offer = inMarket.offer();
        byKey.put(Keys.offer(id, Keys.ENABLED), inMarket.enabled().value().toString());
        number(Keys.offer(id, Keys.LEVER), inMarket.lever().value());
        number(Keys.offer(id, Keys.VALUE), inMarket.value().value());
        number(Keys.offer(id, Keys.PRIORITY), inMarket.priority().value().doubleValue());
        byKey.put(
                Keys.offer(id, Keys.WHEN),
                offer.when() == null ? "" : offer.when().text());
        byKey.put(Keys.offer(id, Keys.PROPENSITY), Definitions.propensity(offer));
        byKey.put(Keys.offer(id, Keys.FACTOR), Definitions.factors(offer));
        byKey.putIfAbsent(Keys.offer(id, Keys.CONTENT), "");
    }

    private void add(ContentDefinition content) {
        for (ContentDefinition.OfferContent offer : content.offers()) {
            StringBuilder text = new StringBuilder().append(content.language()).append(' ');
            text.append(text(offer.standard()));
            offer.variants().stream()
                    .sorted(Comparator.comparing(variant -> variant.variant().value()))
                    .forEach(variant -> text.append(' ')
                            .append(variant.variant().value())
                            .append(' ')
                            .append(text(variant.json())));
            byKey.merge(Keys.offer(offer.offer().value(), Keys.CONTENT), text.toString(), String::concat);
        }
    }

    private static String text(byte @Nullable [] json) {
        return json == null ? "" : new String(json, StandardCharsets.UTF_8);
    }

    private void add(PlacementDefinition placement) {
        String id = placement.id().value();
        Located<String> fallback = placement.fallback();
        byKey.put(Keys.placement(id, Keys.FALLBACK), fallback == null ? "" : fallback.value());
        number(Keys.placement(id, Keys.MAX_ITEMS), placement.maxItems().value().doubleValue());
    }

    private void add(CapDefinition cap) {
        String id = cap.id().value();
        if (cap.limit() != null) {
            number(Keys.cap(id, Keys.LIMIT), cap.limit().value().doubleValue());
        }
        if (cap.windowSeconds() != null) {
            number(Keys.cap(id, Keys.WINDOW), cap.windowSeconds().value().doubleValue());
        }
    }

    private void number(String key, double value) {
        numbers.put(key, value);
        byKey.put(key, Double.toString(value));
    }
}
