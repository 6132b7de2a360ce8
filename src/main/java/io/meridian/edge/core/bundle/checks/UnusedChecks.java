package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.CapDefinition;
import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.LayerDefinition;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.RegionDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import io.meridian.edge.core.model.DataClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What was defined and nothing refers to, over all markets and regions. */
final class UnusedChecks {
    static final String UNUSED = "unused";
    private static final String SEGMENT = "segment.";
    private static final Pattern NAME = Pattern.compile("[a-z_][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)+");

    private final CheckedBundle bundle;
    private final BundleSource source;
    private final Warnings warnings;

    UnusedChecks(CheckedBundle bundle, Warnings warnings) {
        this.bundle = bundle;
        this.source = bundle.source();
        this.warnings = warnings;
    }

    void run() {
        Set<String> placements = new HashSet<>();
        Set<String> caps = new HashSet<>();
        Set<String> segments = new HashSet<>();
        for (LayerDefinition layer : layers()) {
            for (OfferDefinition offer : layer.offers()) {
                add(offer.placements(), placements);
                add(offer.caps(), caps);
                offer.segmentPriors()
                        .forEach(prior -> segments.add(prior.segment().value()));
            }
        }
        source.placements().forEach(placement -> add(placement.caps(), caps));
        Set<String> global = new HashSet<>();
        source.caps().forEach(cap -> global.add(cap.id().value()));
        List<CapDefinition> all = new ArrayList<>(source.caps());
        source.markets()
                .forEach(market -> market.changes().caps().stream()
                        .filter(cap -> !global.contains(cap.id().value()))
                        .forEach(all::add));
        all.forEach(cap -> unless(caps, cap.id(), "no offer and no placement has the cap"));
        source.placements().forEach(placement -> unless(placements, placement.id(), "no offer names the placement"));
        segmentsIn(segments);
        source.segments()
                .forEach(segment ->
                        unless(segments, segment.id(), "no condition and no propensity asks for the segment"));
        suppressions();
        Set<String> served = new HashSet<>();
        source.regions().forEach(region -> add(region.markets(), served));
        source.markets().forEach(market -> unless(served, market.id(), "no region serves the market"));
        attributes();
    }

    /**
     * Context that callers send for nothing, and sensitive data that is kept for nothing (GDPR Art. 5(1)(c)). Other attributes may be in
     * the contract before and after anybody asks for them. Nothing is said where another region's models may read them.
     */
    private void attributes() {
        Set<String> models = new HashSet<>();
        source.regions().stream()
                .filter(region -> region.id().value().equals(bundle.region()))
                .forEach(region -> region.models().forEach(model -> models.add(id(model))));
        boolean known = source.regions().stream()
                .allMatch(region -> region.models().stream().allMatch(model -> models.contains(id(model))));
        if (!known) {
            return;
        }
        Set<String> read = new HashSet<>(bundle.readByModels());
        for (ConditionText text : texts()) {
            NAME.matcher(text.text()).results().forEach(match -> read.add(match.group()));
        }
        source.attributes().context().forEach(attribute -> unread(attribute.name(), "context.attributes.", read));
        source.attributes().profile().stream()
                .filter(attribute -> attribute.dataClass() == DataClass.SENSITIVE)
                .forEach(attribute -> unread(attribute.name(), "profile.", read));
    }

    private void unread(Located<String> attribute, String before, Set<String> read) {
        if (!read.contains(before + attribute.value())) {
            warnings.warn(
                    attribute.where(),
                    UNUSED,
                    "no condition and no model reads " + before + attribute.value(),
                    before.equals("profile.")
                            ? "sensitive data is kept for a use or not at all: stop collecting it, or use it"
                            : "use it, or leave it out");
        }
    }

    private static String id(RegionDefinition.Model model) {
        return model.name().value() + "/"
                + (model.version() == null ? "" : model.version().value());
    }

    private void unless(Set<String> used, Located<String> id, String what) {
        if (!used.contains(id.value())) {
            warnings.warn(id.where(), UNUSED, what + " '" + id.value() + "'", "use it, or leave it out");
        }
    }

    private void suppressions() {
        List<OfferDefinition> all =
                layers().stream().flatMap(layer -> layer.offers().stream()).toList();
        source.global().suppressions().forEach(suppression -> matches(suppression, all));
        for (MarketDefinition market : source.markets()) {
            List<OfferDefinition> here = new ArrayList<>(source.global().offers());
            here.addAll(market.layer().offers());
            market.layer().suppressions().forEach(suppression -> matches(suppression, here));
        }
    }

    private void matches(SuppressionDefinition suppression, List<OfferDefinition> offers) {
        if (offers.stream().noneMatch(offer -> bundle.concerns().test(suppression, offer))) {
            warnings.warn(
                    suppression.id().where(),
                    UNUSED,
                    "the suppression '" + suppression.id().value() + "' is about no offer",
                    "name offers, categories or tags that offers have, or leave it out");
        }
    }

    /** By the text of conditions, for those of other regions are not compiled. A name inside a quoted string counts, too. */
    private void segmentsIn(Set<String> found) {
        for (ConditionText text : texts()) {
            NAME.matcher(text.text())
                    .results()
                    .map(MatchResult::group)
                    .filter(name -> name.startsWith(SEGMENT))
                    .forEach(name -> found.add(name.substring(SEGMENT.length())));
        }
    }

    private List<ConditionText> texts() {
        List<ConditionText> texts = new ArrayList<>();
        for (LayerDefinition layer : layers()) {
            for (OfferDefinition offer : layer.offers()) {
                texts.add(offer.when());
                offer.variants().forEach(variant -> texts.add(variant.when()));
                offer.factors().forEach(factor -> texts.add(factor.when()));
            }
            layer.suppressions().forEach(suppression -> texts.add(suppression.when()));
        }
        source.markets().forEach(market -> market.changes().rules().forEach(rule -> texts.add(rule.when())));
        source.regions().forEach(region -> region.changes().rules().forEach(rule -> texts.add(rule.when())));
        source.segments().forEach(segment -> texts.add(segment.when()));
        texts.removeIf(java.util.Objects::isNull);
        return texts;
    }

    private List<LayerDefinition> layers() {
        List<LayerDefinition> layers = new ArrayList<>();
        layers.add(source.global());
        source.markets().forEach(market -> layers.add(market.layer()));
        return layers;
    }

    private static void add(List<Located<String>> references, Set<String> names) {
        references.forEach(reference -> names.add(reference.value()));
    }
}
