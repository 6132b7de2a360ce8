package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.bundle.definition.RegionDefinition;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Offers that no region runs. Looks at all regions at once, and so is no part of compiling for one. */
public final class ReachChecks {
    private ReachChecks() {}

    /**
     * One warning per offer, in the order written.
     *
     * @param source compiled for every region without an error
     */
    public static List<Problem> run(BundleSource source) {
        Set<Where> running = running(source);
        List<OfferDefinition> offers = new ArrayList<>(source.global().offers());
        source.markets().forEach(market -> offers.addAll(market.layer().offers()));
        List<Problem> warnings = new ArrayList<>();
        for (OfferDefinition offer : offers) {
            if (!running.contains(offer.id().where())) {
                warnings.add(
                        Problem.warning(
                                offer.id().where(),
                                "unreachable-offer",
                                "the offer '" + offer.id().value() + "' runs in no market of any region",
                                "wherever it could run it is disabled or its category excluded; leave it out, or let a market run it"));
            }
        }
        return warnings;
    }

    /** Where the offers stand that run in some market of some region; markets may give the same id to offers of their own. */
    private static Set<Where> running(BundleSource source) {
        Set<Where> running = new HashSet<>();
        for (RegionDefinition region : source.regions()) {
            Set<String> served = new HashSet<>();
            region.markets().forEach(market -> served.add(market.value()));
            for (MarketDefinition market : source.markets()) {
                if (served.contains(market.id().value())) {
                    new MarketView(source, market, region)
                            .offers().values().stream()
                                    .filter(offer -> offer.runs().value())
                                    .forEach(offer ->
                                            running.add(offer.offer().id().where()));
                }
            }
        }
        return running;
    }
}
