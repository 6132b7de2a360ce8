package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.CapDefinition;
import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.PlacementDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What global definitions say besides their keys, as text without the places it was written at: equal texts mean the same. */
final class Definitions {
    private Definitions() {}

    /** The rest of every global offer, placement and cap, by {@code offers.<id>}, {@code placements.<id>} and {@code caps.<id>}. */
    static Map<String, String> rest(BundleSource source) {
        Map<String, String> rest = new TreeMap<>();
        List<SuppressionDefinition> suppressions = source.global().suppressions();
        source.global()
                .offers()
                .forEach(offer -> rest.put(Keys.OFFERS + "." + offer.id().value(), text(offer, suppressions)));
        source.placements()
                .forEach(placement ->
                        rest.put(Keys.PLACEMENTS + "." + placement.id().value(), text(placement)));
        source.caps().forEach(cap -> rest.put(Keys.CAPS + "." + cap.id().value(), text(cap)));
        return rest;
    }

    static String propensity(OfferDefinition offer) {
        return offer.prior().value()
                + offer.segmentPriors().stream()
                        .map(prior -> " " + prior.segment().value() + " " + prior.prior())
                        .sorted()
                        .collect(Collectors.joining());
    }

    static String factors(OfferDefinition offer) {
        return offer.factors().stream()
                .map(factor -> text(factor.when()) + " " + factor.factor().value())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** In no order of its own. */
    static String sorted(@Nullable List<Located<String>> words) {
        return words == null
                ? "all"
                : words.stream().map(Located::value).sorted().toList().toString();
    }

    /** What keeps it from running counts as said of it. */
    private static String text(OfferDefinition offer, List<SuppressionDefinition> suppressions) {
        Stream<String> own = Stream.of(
                value(offer.category()),
                sorted(offer.tags()),
                sorted(offer.placements()),
                sorted(offer.markets()),
                value(offer.from()),
                value(offer.until()),
                sorted(offer.caps()));
        Stream<String> variants = offer.variants().stream()
                .map(variant -> variant.id().value() + " " + variant.weight() + " " + text(variant.when()));
        Stream<String> against = suppressions.stream()
                .filter(suppression -> Suppressions.aim(suppression, offer) != null)
                .map(suppression ->
                        suppression.id().value() + " " + suppression.legal() + " " + text(suppression.when()))
                .sorted();
        return Stream.of(own, variants, against).flatMap(one -> one).collect(Collectors.joining("\n"));
    }

    private static String text(PlacementDefinition placement) {
        return String.join(
                "\n",
                Boolean.toString(placement.advertising()),
                placement.channels().stream().sorted().toList().toString(),
                placement.ranking().toString(),
                value(placement.model()),
                sorted(placement.caps()),
                Arrays.toString(placement.staticContent()));
    }

    private static String text(CapDefinition cap) {
        return value(cap.per()) + " " + value(cap.strict());
    }

    private static String text(@Nullable ConditionText condition) {
        return condition == null ? "" : condition.text();
    }

    private static String value(@Nullable Located<?> located) {
        return located == null ? "" : String.valueOf(located.value());
    }
}
