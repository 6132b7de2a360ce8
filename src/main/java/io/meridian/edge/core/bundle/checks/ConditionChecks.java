package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.checks.CheckedBundle.CheckedMarket;
import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.LayerDefinition;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.SegmentDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Satisfiability;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every condition by itself: whether it can be true, and whether it or a part of it says anything. */
final class ConditionChecks {
    static final String NEVER_TRUE = "never-true";
    static final String ALWAYS_TRUE = "always-true";

    private final CheckedBundle bundle;
    private final Reader reader;
    private final Warnings warnings;
    private final IdleParts idleParts;
    /** What conditions come to where those just looked at are read. */
    private Satisfiability here;

    ConditionChecks(CheckedBundle bundle, Reader reader, Warnings warnings) {
        this.bundle = bundle;
        this.reader = reader;
        this.warnings = warnings;
        this.idleParts = new IdleParts(reader, warnings);
        this.here = reader.everywhere();
    }

    void run() {
        for (SegmentDefinition segment : bundle.source().segments()) {
            check(
                    segment.when(),
                    "the segment '" + segment.id().value() + "'",
                    "leave the segment out",
                    "everybody is in it; mend it, or leave the segment out");
        }
        layer(bundle.source().global());
        Map<String, CheckedMarket> served = new HashMap<>();
        bundle.markets().forEach(market -> served.put(market.id(), market));
        for (MarketDefinition market : bundle.source().markets()) {
            CheckedMarket checked = served.get(market.id().value());
            if (checked != null) {
                here = new Satisfiability(checked.knowledge());
                layer(market.layer());
            }
        }
    }

    private void layer(LayerDefinition layer) {
        layer.offers().forEach(this::offer);
        layer.suppressions().forEach(this::suppression);
    }

    private void offer(OfferDefinition offer) {
        String name = "the offer '" + offer.id().value() + "'";
        check(offer.when(), name, "take the offer out", "leave out 'when'");
        for (OfferDefinition.Variant variant : offer.variants()) {
            check(
                    variant.when(),
                    "the variant '" + variant.id().value() + "' of " + name,
                    "leave the variant out",
                    "no other variant is shown then; leave the others out, or mend 'when'");
        }
        for (OfferDefinition.Factor factor : offer.factors()) {
            check(
                    factor.when(),
                    "a factor of " + name,
                    "leave the factor out",
                    "put the factor into the offer's lever");
        }
    }

    private void suppression(SuppressionDefinition suppression) {
        Condition condition = reader.condition(suppression.when());
        String name = "the suppression '" + suppression.id().value() + "'";
        List<String> conflict =
                suppression.legal() && condition != null ? here.certain().conflict(List.of(condition)) : List.of();
        if (!conflict.isEmpty()) {
            warnings.error(
                    suppression.when() == null
                            ? suppression.id().where()
                            : suppression.when().where(),
                    NEVER_TRUE,
                    "the condition of " + name + " is never true: " + Reader.why(conflict)
                            + ", so what the law forbids is shown to whoever is known",
                    reader.advice(conflict, "leave the suppression out if no law asks for it"));
            return;
        }
        check(suppression.when(), name, "leave the suppression out", "nobody sees its offers; disable them instead");
    }

    private void check(@Nullable ConditionText text, String name, String ifNever, String ifAlways) {
        Condition condition = reader.condition(text);
        if (text == null || condition == null) {
            return;
        }
        switch (reader.answer(condition, here)) {
            case NEVER ->
                warnings.warn(
                        text.where(),
                        NEVER_TRUE,
                        "the condition of " + name + " is " + Reader.never(List.of(condition), here) + ": "
                                + why(condition),
                        reader.advice(conflict(condition), ifNever));
            case ALWAYS ->
                warnings.warn(
                        text.where(),
                        ALWAYS_TRUE,
                        "the condition of " + name + " is " + reader.always(condition, here),
                        ifAlways);
            case MAYBE -> idleParts.check(text, condition, name, here);
        }
    }

    private String why(Condition condition) {
        return Reader.why(conflict(condition));
    }

    private List<String> conflict(Condition condition) {
        return here.conflict(List.of(condition));
    }
}
