package io.meridian.edge.core.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.bundle.Jurisdictions.Regime;
import io.meridian.edge.core.consent.TcfBasis;
import io.meridian.edge.core.model.Basis;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Jurisdiction;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.SignalFramework;
import io.meridian.edge.testing.TestBundles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JurisdictionsTest {
    private static final String[] PLACES = {"AA", "BB", "CC", "DD", "EE"};

    @Test
    void mergingIsNeverLaxerThanAnyOfThree() {
        long seed = 20261122;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 40; round++) {
            List<Regime> all = regimes(random);
            Jurisdictions jurisdictions = jurisdictions(all, random.nextInt(all.size()), random.nextInt(all.size()));
            List<Regime> candidates = new ArrayList<>(all);
            candidates.add(jurisdictions.strictest());
            for (Regime one : candidates) {
                for (Regime other : candidates) {
                    for (Regime third : candidates) {
                        Regime both = jurisdictions.both(jurisdictions.both(one, other), third);
                        for (Regime part : List.of(one, other, third)) {
                            assertNotLaxer(both, part, "seed " + seed + " round " + round);
                        }
                        assertSame(both.tcfBasis() == null, !both.law().accepts(SignalFramework.TCF));
                    }
                }
            }
        }
    }

    /** The strictest regime claimed, a home under another law, and a place under a third: what used to fall back to the named one. */
    @Test
    void aThirdRegimeIsMergedToo() {
        Regime named = regime("named", Basis.CONSENT);
        Regime home = regime("home", Basis.NEVER);
        Regime place = regime("place", Basis.OPT_OUT);
        Jurisdictions jurisdictions = new Jurisdictions(named, Map.of("AA", place), List.of(named, home, place), home);
        Regime claimed = jurisdictions.both(jurisdictions.of("AA", null), jurisdictions.strictest());
        Regime all = jurisdictions.both(claimed, home);
        assertEquals(Basis.NEVER, all.law().basis(DataClass.BEHAVIOUR, Purpose.SELECT_CONTENT));
        assertSame(all, jurisdictions.both(claimed, home), "what requests meet is merged beforehand");
        assertSame(all, jurisdictions.both(all, home));
        assertEquals("place+named+home", all.law().id());
    }

    @Test
    void anUnknownPlaceIsNeverBetterOffThanAKnownOne() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            List<Regime> all = regimes(random);
            Jurisdictions jurisdictions = jurisdictions(all, random.nextInt(all.size()), 0);
            assertSame(jurisdictions.strictest(), jurisdictions.of(null, null));
            assertSame(jurisdictions.strictest(), jurisdictions.of("ZZ", "ZZ"));
            for (Regime regime : all) {
                assertNotLaxer(jurisdictions.strictest(), regime, "round " + round);
            }
        }
    }

    @Test
    void inTheSampleNoLawAsksForMoreThanAnUnknownPlace() {
        Jurisdictions jurisdictions = TestBundles.sample("us-east").jurisdictions();
        for (String country : new String[] {"DE", "GB", "US", "BR", "IN", "CN", "SG"}) {
            assertNotLaxer(jurisdictions.strictest(), jurisdictions.of(country, null), country);
        }
        assertTrue(jurisdictions.strictest().law().id().startsWith("gdpr"));
    }

    private static Jurisdictions jurisdictions(List<Regime> all, int named, int home) {
        Map<String, Regime> places = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            places.put(PLACES[i], all.get(i));
        }
        return new Jurisdictions(all.get(named), places, all, all.get(home));
    }

    private static void assertNotLaxer(Regime one, Regime other, String context) {
        for (int c = 0; c < DataClass.count(); c++) {
            for (Purpose purpose : Purpose.values()) {
                Basis asked = one.law().basis(DataClass.at(c), purpose);
                assertTrue(asked.compareTo(other.law().basis(DataClass.at(c), purpose)) >= 0, context);
            }
        }
        for (SignalFramework framework : SignalFramework.values()) {
            if (framework != SignalFramework.TCF && !other.law().accepts(framework)) {
                assertFalse(one.law().accepts(framework), context);
            }
        }
    }

    private static List<Regime> regimes(SplittableRandom random) {
        List<Regime> regimes = new ArrayList<>();
        for (int i = 0; i < PLACES.length; i++) {
            Basis[][] table = new Basis[DataClass.count()][Purpose.count()];
            for (Basis[] row : table) {
                for (int purpose = 0; purpose < row.length; purpose++) {
                    row[purpose] = Basis.values()[random.nextInt(Basis.values().length)];
                }
            }
            int frameworks = random.nextInt(1 << SignalFramework.values().length);
            TcfBasis basis = SignalFramework.TCF.in(frameworks) ? TcfBasis.publisher() : null;
            regimes.add(new Regime(new Jurisdiction("regime" + i, frameworks, table), basis));
        }
        return regimes;
    }

    private static Regime regime(String id, Basis everywhere) {
        Basis[][] table = new Basis[DataClass.count()][Purpose.count()];
        for (Basis[] row : table) {
            java.util.Arrays.fill(row, everywhere);
        }
        return new Regime(new Jurisdiction(id, 0, table), null);
    }
}
