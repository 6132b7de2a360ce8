package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.LayerDefinition;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.SegmentDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Satisfiability.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every condition by itself: whether it can be true, and whether it or a part of it says anything. */
final class ConditionChecks {
    static final String NEVER_TRUE = "never-true";
    static final String ALWAYS_TRUE = "always-true";

    private final CheckedBundle bundle;
    private final Reader reader;
    private final Warnings warnings;
    private final IdleParts idleParts;

    ConditionChecks(CheckedBundle bundle, Reader reader, Warnings warnings) {
        this.bundle = bundle;
        this.reader = reader;
        this.warnings = warnings;
        this.idleParts = new IdleParts(reader, warnings);
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
        Set<String> served = new HashSet<>();
        bundle.markets().forEach(market -> served.add(market.id()));
        for (MarketDefinition market : bundle.source().markets()) {
            if (served.contains(market.id().value())) {
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
        if (suppression.legal() && condition != null && reader.answer(condition) == Answer.NEVER) {
            warnings.error(
                    suppression.when() == null
                            ? suppression.id().where()
                            : suppression.when().where(),
                    NEVER_TRUE,
                    "the condition of " + name + " is never true: " + why(condition)
                            + ", so what the law forbids is shown to whoever is known",
                    reader.advice(conflict(condition), "ask the legal team"));
            return;
        }
        check(suppression.when(), name, "leave the suppression out", "nobody sees its offers; disable them instead");
    }

    private void check(@Nullable ConditionText text, String name, String ifNever, String ifAlways) {
        Condition condition = reader.condition(text);
        if (text == null || condition == null) {
            return;
        }
        switch (reader.answer(condition)) {
            case NEVER ->
                warnings.warn(
                        text.where(),
                        NEVER_TRUE,
                        "the condition of " + name + " is never true: " + why(condition),
                        reader.advice(conflict(condition), ifNever));
            case ALWAYS ->
                warnings.warn(
                        text.where(),
                        ALWAYS_TRUE,
                        "the condition of " + name + " is " + reader.always(condition),
                        ifAlways);
            case MAYBE -> idleParts.check(text, condition, name, reader.everywhere());
        }
    }

    private String why(Condition condition) {
        return Reader.why(conflict(condition));
    }

    private List<String> conflict(Condition condition) {
        return reader.everywhere().conflict(List.of(condition));
    }
}
