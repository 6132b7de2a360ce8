package io.meridian.edge.core.bundle;

import io.meridian.edge.core.consent.TcfBasis;
import io.meridian.edge.core.model.Jurisdiction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which law applies where. A subdivision's regime wins over its country's; an unknown country gets the strictest. Every pair
 * of regimes that can meet in one request is merged beforehand.
 */
public final class Jurisdictions {
    /**
     * A regime with what is needed to read its signals.
     *
     * @param tcfBasis whose TCF permissions count; null where the TCF is not accepted
     */
    public record Regime(Jurisdiction law, @Nullable TcfBasis tcfBasis) {}

    private final Regime strictest;
    private final Map<String, Regime> byPlace;
    private final Map<Jurisdiction, Map<Jurisdiction, Regime>> merged = new HashMap<>();

    /**
     * @param strictest for unknown countries
     * @param byPlace by ISO country ({@code US}) or subdivision ({@code US-CA})
     * @param all every regime, for merging
     */
    public Jurisdictions(Regime strictest, Map<String, Regime> byPlace, List<Regime> all) {
        this.strictest = strictest;
        this.byPlace = Map.copyOf(byPlace);
        for (Regime one : all) {
            Map<Jurisdiction, Regime> row = new HashMap<>();
            for (Regime other : all) {
                TcfBasis basis = one.tcfBasis() != null ? one.tcfBasis() : other.tcfBasis();
                row.put(
                        other.law(),
                        one.equals(other) ? one : new Regime(one.law().and(other.law()), basis));
            }
            merged.put(one.law(), row);
        }
    }

    public Regime strictest() {
        return strictest;
    }

    /** The regime of a place; codes in upper case, either may be null. */
    public Regime of(@Nullable String country, @Nullable String subdivision) {
        if (country == null) {
            return strictest;
        }
        if (subdivision != null) {
            Regime regional = byPlace.get(country + "-" + subdivision);
            if (regional != null) {
                return regional;
            }
        }
        return byPlace.getOrDefault(country, strictest);
    }

    /** The regime of someone under both: the stricter, cell by cell. */
    public Regime both(Regime one, Regime other) {
        Map<Jurisdiction, Regime> row = merged.get(one.law());
        Regime regime = row == null ? null : row.get(other.law());
        return regime == null ? strictest : regime;
    }
}
