package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.definition.LayerDefinition;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition.SegmentPrior;
import io.meridian.edge.core.bundle.definition.SegmentDefinition;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Satisfiability.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Segments that a higher one of their group always takes, and segments that overlap without an order.
 *
 * <p>Within a group the priority is the order. Between groups there is none: of several segments that give an offer a propensity, the
 * highest figure counts. That is as it should be for segments of different kinds, which look at a visitor from different sides, and
 * rarely meant for two of one kind, which answer the same question twice.
 */
final class SegmentChecks {
    static final String SHADOWED_SEGMENT = "shadowed-segment";
    static final String OVERLAPPING_SEGMENTS = "overlapping-segments";

    private final CheckedBundle bundle;
    private final Reader reader;
    private final Warnings warnings;
    private final Map<String, SegmentDefinition> byId = new HashMap<>();

    SegmentChecks(CheckedBundle bundle, Reader reader, Warnings warnings) {
        this.bundle = bundle;
        this.reader = reader;
        this.warnings = warnings;
        bundle.source().segments().forEach(segment -> byId.put(segment.id().value(), segment));
    }

    void run() {
        Map<String, List<SegmentDefinition>> groups = new HashMap<>();
        for (SegmentDefinition segment : bundle.source().segments()) {
            groups.computeIfAbsent(segment.group().value(), key -> new ArrayList<>())
                    .add(segment);
        }
        groups.values().forEach(this::shadowed);
        Set<String> said = new HashSet<>();
        layer(bundle.source().global(), said);
        for (MarketDefinition market : bundle.source().markets()) {
            layer(market.layer(), said);
        }
    }

    private void shadowed(List<SegmentDefinition> group) {
        for (SegmentDefinition segment : group) {
            Condition condition = reader.condition(segment.when());
            if (condition == null
                    || reader.answer(condition) == Answer.NEVER
                    || reader.everywhere().overlap(slot(segment))) {
                continue;
            }
            warnings.warn(
                    segment.id().where(),
                    SHADOWED_SEGMENT,
                    "nobody is in the segment '" + segment.id().value() + "': whoever could be is in "
                            + taker(segment, condition, group) + " of the group '"
                            + segment.group().value() + "', which has the higher priority",
                    "give the narrower of the two the higher priority");
        }
    }

    /** The one segment that takes all of another's members, or several of which none takes all. */
    private String taker(SegmentDefinition segment, Condition condition, List<SegmentDefinition> group) {
        for (SegmentDefinition above : group) {
            Condition higher = reader.condition(above.when());
            if (higher != null
                    && priority(above) > priority(segment)
                    && reader.everywhere().implies(List.of(condition), higher)) {
                return "'" + above.id().value() + "'";
            }
        }
        return "another one";
    }

    private void layer(LayerDefinition layer, Set<String> said) {
        for (OfferDefinition offer : layer.offers()) {
            List<SegmentPrior> priors = offer.segmentPriors();
            for (int i = 0; i < priors.size(); i++) {
                for (int j = 0; j < i; j++) {
                    pair(offer, priors.get(j), priors.get(i), said);
                }
            }
        }
    }

    private void pair(OfferDefinition offer, SegmentPrior first, SegmentPrior second, Set<String> said) {
        SegmentDefinition one = byId.get(first.segment().value());
        SegmentDefinition other = byId.get(second.segment().value());
        if (one == null
                || other == null
                || one.kind() != other.kind()
                || first.prior() == second.prior()
                || one.group().value().equals(other.group().value())
                || !said.add(one.id().value() + " " + other.id().value())) {
            return;
        }
        if (!reader.everywhere().overlap(slot(one), slot(other))) {
            return;
        }
        warnings.warn(
                second.segment().where(),
                OVERLAPPING_SEGMENTS,
                "a visitor can be in '" + one.id().value() + "' and in '"
                        + other.id().value() + "', and nothing says which of the two propensities of '"
                        + offer.id().value() + "' counts; the higher does, " + Math.max(first.prior(), second.prior()),
                "both are of the kind " + one.kind().name().toLowerCase(Locale.ROOT)
                        + ": put them into one group, where the higher priority decides");
    }

    private int slot(SegmentDefinition segment) {
        return bundle.facts().indexOf("segment." + segment.id().value());
    }

    private static int priority(SegmentDefinition segment) {
        return segment.priority() == null ? 0 : segment.priority().value();
    }
}
