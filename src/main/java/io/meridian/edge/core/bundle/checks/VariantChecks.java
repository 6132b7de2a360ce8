package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Satisfiability.Answer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Variants with a condition that nobody sees, because of the offer's own condition or of a variant before them. */
final class VariantChecks {
    static final String UNREACHABLE_VARIANT = "unreachable-variant";

    private final Reader reader;
    private final Warnings warnings;

    VariantChecks(Reader reader, Warnings warnings) {
        this.reader = reader;
        this.warnings = warnings;
    }

    /** Of the variants with a condition the first one whose is true is shown. */
    void check(OfferDefinition offer) {
        List<Condition> eligible = new ArrayList<>();
        Condition when = reader.condition(offer.when());
        if (when != null) {
            eligible.add(when);
        }
        List<OfferDefinition.Variant> earlier = new ArrayList<>();
        for (OfferDefinition.Variant variant : offer.variants()) {
            Condition condition = reader.condition(variant.when());
            if (condition == null || reader.answer(condition) != Answer.MAYBE) {
                continue;
            }
            variant(offer, variant, condition, eligible, earlier);
            earlier.add(variant);
        }
    }

    private void variant(
            OfferDefinition offer,
            OfferDefinition.Variant variant,
            Condition condition,
            List<Condition> eligible,
            List<OfferDefinition.Variant> earlier) {
        List<Condition> chosen = new ArrayList<>(eligible);
        chosen.add(condition);
        String name = "the variant '" + variant.id().value() + "' of the offer '"
                + offer.id().value() + "' is never chosen: ";
        if (!reader.areIndependent(chosen) && !reader.everywhere().together(chosen)) {
            if (reader.everywhere().together(eligible)) {
                warnings.warn(
                        variant.id().where(),
                        UNREACHABLE_VARIANT,
                        name + Reader.why(reader.everywhere().conflict(chosen)),
                        "the offer is only for those for whom its own condition is true");
            }
            return;
        }
        OfferDefinition.Variant before = impliedBy(chosen, earlier);
        if (before != null) {
            warnings.warn(
                    variant.id().where(),
                    UNREACHABLE_VARIANT,
                    name + "whenever its condition is true, that of the variant '"
                            + before.id().value() + "' before it is as well",
                    "put the narrower condition first");
        }
    }

    /** A variant that reads nothing the others do not: else where that may not be read, the later one is chosen. */
    private OfferDefinition.@Nullable Variant impliedBy(List<Condition> chosen, List<OfferDefinition.Variant> earlier) {
        BitSet known = new BitSet();
        chosen.forEach(condition -> known.or(reader.slots(condition)));
        for (OfferDefinition.Variant before : earlier) {
            Condition condition = reader.condition(before.when());
            if (condition == null) {
                continue;
            }
            BitSet beyond = (BitSet) reader.slots(condition).clone();
            beyond.andNot(known);
            if (beyond.isEmpty() && reader.everywhere().implies(chosen, condition)) {
                return before;
            }
        }
        return null;
    }
}
