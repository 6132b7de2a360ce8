package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.checks.CheckedBundle.CheckedMarket;
import io.meridian.edge.core.bundle.checks.CheckedBundle.CheckedOffer;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.PlacementDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Satisfiability;
import io.meridian.edge.core.eligibility.Satisfiability.Answer;
import io.meridian.edge.core.model.Purpose;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Offers in placements whose purpose never allows the data that the offer's condition, or a law's suppression of it, needs. */
final class PurposeChecks {
    static final String WRONG_PURPOSE = "wrong-purpose";

    private final CheckedBundle bundle;
    private final Reader reader;
    private final Warnings warnings;
    private final Map<String, PlacementDefinition> placements = new HashMap<>();
    private final Map<Purpose, Satisfiability> without = new EnumMap<>(Purpose.class);
    /** Where an offer names a placement that was warned of. */
    private final Set<Where> said = new HashSet<>();

    PurposeChecks(CheckedBundle bundle, Reader reader, Warnings warnings) {
        this.bundle = bundle;
        this.reader = reader;
        this.warnings = warnings;
        bundle.source()
                .placements()
                .forEach(placement -> placements.put(placement.id().value(), placement));
        for (Purpose purpose : List.of(Purpose.SELECT_CONTENT, Purpose.SELECT_ADS)) {
            BitSet unreadable = bundle.unreadable().apply(purpose);
            without.put(purpose, new Satisfiability(bundle.knowledge().unreadable(unreadable)));
        }
    }

    void run() {
        for (CheckedMarket market : bundle.markets()) {
            for (CheckedOffer offer : market.offers()) {
                if (offer.running()) {
                    offer(market, offer);
                }
            }
        }
    }

    private void offer(CheckedMarket market, CheckedOffer checked) {
        OfferDefinition offer = checked.offer();
        List<Condition> conditions = reader.conditions(checked.conditions());
        if (conditions.stream().anyMatch(condition -> reader.answer(condition) == Answer.NEVER)) {
            return;
        }
        for (Located<String> reference : offer.placements()) {
            PlacementDefinition placement = placements.get(reference.value());
            if (placement == null || said.contains(reference.where())) {
                continue;
            }
            Purpose purpose = placement.advertising() ? Purpose.SELECT_ADS : Purpose.SELECT_CONTENT;
            BitSet missing = missing(conditions, purpose);
            if (!missing.isEmpty()
                    && !without(purpose).together(conditions)
                    && reader.everywhere().together(conditions)) {
                List<String> names = names(missing, sparse -> sparse.together(conditions));
                warn(offer, reference, purpose, "its condition needs", names);
            } else {
                suppressions(market, offer, reference, purpose);
            }
        }
    }

    /** A suppression that the law asks for also applies when it is not known whether it must. */
    private void suppressions(CheckedMarket market, OfferDefinition offer, Located<String> reference, Purpose purpose) {
        for (SuppressionDefinition suppression : market.suppressions()) {
            Condition condition = reader.condition(suppression.when());
            if (!suppression.legal() || condition == null || !bundle.concerns().test(suppression, offer)) {
                continue;
            }
            BitSet missing = missing(List.of(condition), purpose);
            if (!missing.isEmpty()
                    && !without(purpose).canBeFalse(condition)
                    && reader.everywhere().canBeFalse(condition)) {
                String why = "to tell that the legal suppression '"
                        + suppression.id().value() + "' does not apply needs";
                warn(offer, reference, purpose, why, names(missing, sparse -> sparse.canBeFalse(condition)));
                return;
            }
        }
    }

    private void warn(
            OfferDefinition offer, Located<String> placement, Purpose purpose, String why, List<String> missing) {
        said.add(placement.where());
        warnings.warn(
                placement.where(),
                WRONG_PURPOSE,
                "the offer '" + offer.id().value() + "' is never shown in '" + placement.value() + "': " + why + " "
                        + Warnings.all(missing) + ", which may never serve " + purpose + " in region '"
                        + bundle.region() + "'",
                "leave the placement out, or ask for data of another class");
    }

    /** What conditions read, also through segments, and this purpose never may. */
    private BitSet missing(List<Condition> conditions, Purpose purpose) {
        BitSet read = new BitSet();
        conditions.forEach(condition -> read.or(reader.origins(condition)));
        read.and(bundle.unreadable().apply(purpose));
        return read;
    }

    /** The facts each of which alone is needed; all, if there is none. */
    private List<String> names(BitSet missing, Predicate<Satisfiability> possible) {
        List<String> all = new ArrayList<>();
        List<String> needed = new ArrayList<>();
        missing.stream().forEach(slot -> {
            BitSet one = new BitSet();
            one.set(slot);
            String name = bundle.facts().slot(slot).name();
            all.add(name);
            if (!possible.test(new Satisfiability(bundle.knowledge().unreadable(one)))) {
                needed.add(name);
            }
        });
        return needed.isEmpty() ? all : needed;
    }

    private Satisfiability without(Purpose purpose) {
        return Objects.requireNonNull(without.get(purpose));
    }
}
