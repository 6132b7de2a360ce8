package io.meridian.edge.cli.lab.diff;

import io.meridian.edge.cli.lab.LabRefused;
import io.meridian.edge.cli.lab.OfflineRegion;
import io.meridian.edge.cli.lab.Regions;
import io.meridian.edge.cli.lab.Visit;
import io.meridian.edge.core.bundle.Market;
import io.meridian.edge.core.model.DecisionRequest;
import org.jspecify.annotations.Nullable;

/**
 * Brings each visit to the regions of both configurations that answer it, and counts those that it cannot bring to both. Where only one
 * of the two serves a visit's market, the other's region of the same name is asked, as a caller would.
 */
public final class Sides {
    private final Regions before;
    private final Regions after;
    private final @Nullable String market;
    private final @Nullable String region;
    private final Comparison comparison;

    /**
     * @param market only visits of this market; null for all
     * @param region only visits that this region decides before or after; null for all
     */
    public Sides(
            Regions before, Regions after, @Nullable String market, @Nullable String region, Comparison comparison) {
        this.before = before;
        this.after = after;
        this.market = market;
        this.region = region;
        this.comparison = comparison;
    }

    /** Compiles what will be asked, so that mistakes are told before anything is decided. */
    public void compile() throws LabRefused {
        for (Regions side : new Regions[] {before, after}) {
            for (String id : side.configuration().regions()) {
                if (region == null || region.equals(id)) {
                    side.get(id);
                }
            }
        }
    }

    /**
     * True if it was compared; else it is counted as left out.
     *
     * @param line of the file of visits, from 1; 0 for a visit that was made up
     */
    public boolean take(Visit visit, long line) throws LabRefused {
        String old = served(visit, before);
        String now = served(visit, after);
        String left = old != null ? old : now;
        String right = now != null ? now : old;
        LeftOut why;
        if (left == null || right == null) {
            why = LeftOut.NO_REGION;
        } else if (region != null && !region.equals(left) && !region.equals(right)) {
            why = LeftOut.NOT_ASKED;
        } else if (!has(before, left) || !has(after, right)) {
            why = has(before, left) || has(after, right) ? LeftOut.ONE_SIDE : LeftOut.NO_REGION;
        } else {
            OfflineRegion a = before.get(left);
            OfflineRegion b = after.get(right);
            if (isAsked(visit, a) || isAsked(visit, b)) {
                comparison.compare(visit, a, b, line);
                return true;
            }
            why = LeftOut.NOT_ASKED;
        }
        comparison.result().leftOut(why, 1);
        return false;
    }

    private static @Nullable String served(Visit visit, Regions side) {
        return visit.region() != null ? visit.region() : side.of(visit.request().context());
    }

    private static boolean has(Regions side, String region) {
        return side.configuration().regions().contains(region);
    }

    /** A visit that names no market is of its country's. */
    private boolean isAsked(Visit visit, OfflineRegion side) {
        DecisionRequest.Context context = visit.request().context();
        Market of = side.bundle().market(context.market(), context.country());
        return market == null || of != null && market.equals(of.id());
    }
}
