package io.meridian.edge.core.bundle;

import io.meridian.edge.core.consent.TcfBasis;
import io.meridian.edge.core.model.Jurisdiction;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which law applies where. A subdivision's regime wins over its country's; an unknown place gets the strictest there is.
 *
 * <p>Regimes that can meet in one request (a place's, the strictest, the home's) are merged beforehand. Any other pair is merged when
 * it is asked for: slower, never laxer.
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
    /** The regimes as written that a merged one consists of: what is merged twice is the same regime. */
    private final Map<Jurisdiction, Set<Regime>> parts = new IdentityHashMap<>();

    private final Map<Set<Regime>, Regime> byParts = new HashMap<>();
    private final Map<Jurisdiction, Map<Jurisdiction, Regime>> merged = new IdentityHashMap<>();

    /**
     * Where two regimes accept the TCF, they must agree on whose permissions count: a merged regime has room for one.
     *
     * @param strictest for unknown places, see {@link #strictest}
     * @param byPlace by ISO country ({@code US}) or subdivision ({@code US-CA})
     * @param all every regime, those of the other parameters among them
     * @param home the regime of the region's subjects, wherever they are
     */
    public Jurisdictions(Regime strictest, Map<String, Regime> byPlace, List<Regime> all, Regime home) {
        this.byPlace = Map.copyOf(byPlace);
        for (Regime one : all) {
            keep(Set.of(one), one);
        }
        this.strictest = tighten(strictest, all);
        for (Regime place : List.copyOf(byParts.values())) {
            Regime claimed = keepMerged(place, this.strictest);
            Regime atHome = keepMerged(place, home);
            for (Regime one : List.of(place, claimed, atHome, keepMerged(claimed, home))) {
                remember(one, this.strictest);
                remember(one, home);
            }
        }
    }

    /**
     * The regime of unknown places: the one named as the strictest, joined with every regime that asks for more in any cell or
     * refuses a signal's permissions that it takes. Wherever the visitor is in truth, no law asks for more than this.
     */
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

    /** The regime of someone under both: the stricter, cell by cell. Any two, merged ones too. */
    public Regime both(Regime one, Regime other) {
        Map<Jurisdiction, Regime> row = merged.get(one.law());
        Regime regime = row == null ? null : row.get(other.law());
        return regime == null ? merge(one, other) : regime;
    }

    private Regime tighten(Regime named, List<Regime> all) {
        Regime tight = named;
        for (Regime other : all) {
            if (!tight.law().isAsStrictAs(other.law())) {
                tight = keepMerged(tight, other);
            }
        }
        return tight;
    }

    private void remember(Regime one, Regime other) {
        Regime both = keepMerged(one, other);
        merged.computeIfAbsent(one.law(), key -> new IdentityHashMap<>()).put(other.law(), both);
        merged.computeIfAbsent(other.law(), key -> new IdentityHashMap<>()).put(one.law(), both);
    }

    private Regime keepMerged(Regime one, Regime other) {
        Regime both = merge(one, other);
        keep(union(one, other), both);
        return both;
    }

    private void keep(Set<Regime> consistsOf, Regime regime) {
        byParts.putIfAbsent(consistsOf, regime);
        parts.putIfAbsent(regime.law(), consistsOf);
    }

    /** Reads only: requests come here at the same time. */
    private Regime merge(Regime one, Regime other) {
        Set<Regime> consistsOf = union(one, other);
        Regime known = byParts.get(consistsOf);
        if (known != null) {
            return known;
        }
        Iterator<Regime> rest = consistsOf.iterator();
        Regime first = rest.next();
        Jurisdiction law = first.law();
        TcfBasis basis = first.tcfBasis();
        while (rest.hasNext()) {
            Regime next = rest.next();
            law = law.and(next.law());
            basis = basis != null ? basis : next.tcfBasis();
        }
        return new Regime(law, basis);
    }

    private Set<Regime> union(Regime one, Regime other) {
        Set<Regime> union = new LinkedHashSet<>(parts.getOrDefault(one.law(), Set.of(one)));
        union.addAll(parts.getOrDefault(other.law(), Set.of(other)));
        return union;
    }
}
