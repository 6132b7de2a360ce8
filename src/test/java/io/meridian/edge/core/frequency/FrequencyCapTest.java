package io.meridian.edge.core.frequency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.meridian.edge.core.frequency.FrequencyCap.Per;
import io.meridian.edge.core.frequency.FrequencyCap.Verdict;
import io.meridian.edge.core.model.Exposures;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrequencyCapTest {
    private static final int NOW = 1_800_000_000;
    private static final String[] NAMES = {"a", "b", "c"};

    private record Impression(String offer, String placement, int at) {}

    @Test
    void agreesWithCountingEveryImpression() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 2_000; round++) {
            List<Impression> seen = new ArrayList<>();
            Exposures exposures = new Exposures();
            exposures.markKnown();
            for (String offer : NAMES) {
                for (String placement : NAMES) {
                    if (random.nextBoolean()) {
                        exposures.addEntry(offer, placement);
                        int times = random.nextInt(6);
                        for (int i = 0; i < times; i++) {
                            int at = NOW - random.nextInt(500);
                            exposures.addTime(at);
                            seen.add(new Impression(offer, placement, at));
                        }
                    }
                }
            }
            for (Per per : Per.values()) {
                int window = 60 + random.nextInt(400);
                int limit = 1 + random.nextInt(8);
                long counted = seen.stream()
                        .filter(one -> per == Per.PLACEMENT || one.offer().equals("a"))
                        .filter(one -> per == Per.OFFER || one.placement().equals("b"))
                        .filter(one -> one.at() > NOW - window)
                        .count();
                FrequencyCap cap = new FrequencyCap("cap", limit, window, per, false);
                assertEquals(
                        counted >= limit ? Verdict.REACHED : Verdict.OPEN,
                        cap.check(exposures, "a", "b", NOW),
                        per + " " + limit + " in " + window + " of " + seen);
            }
        }
    }

    @Test
    void theWindowRolls() {
        Exposures exposures = new Exposures();
        exposures.markKnown();
        exposures.addEntry("a", "b");
        exposures.addTime(NOW - 60);
        FrequencyCap cap = new FrequencyCap("cap", 1, 60, Per.OFFER, false);
        assertEquals(Verdict.REACHED, cap.check(exposures, "a", "b", NOW - 1));
        assertEquals(Verdict.OPEN, cap.check(exposures, "a", "b", NOW));
    }

    @Test
    void countersThatWereNotReadAreUnknown() {
        FrequencyCap cap = new FrequencyCap("cap", 1, 60, Per.OFFER, true);
        assertEquals(Verdict.UNKNOWN, cap.check(new Exposures(), "a", "b", NOW));
    }

    @Test
    void remembersNoMoreThanItsLimits() {
        Exposures exposures = new Exposures();
        for (int i = 0; i < Exposures.MAX_ENTRIES; i++) {
            exposures.addEntry("offer" + i, "p");
            for (int t = 0; t < Exposures.MAX_TIMES + 5; t++) {
                exposures.addTime(NOW);
            }
        }
        assertFalse(exposures.addEntry("one-more", "p"));
        assertEquals(Exposures.MAX_TIMES, exposures.count("offer0", null, 0));
        assertEquals(Exposures.MAX_TIMES * Exposures.MAX_ENTRIES, exposures.count(null, "p", 0));
        exposures.clear();
        assertEquals(0, exposures.count(null, null, 0));
        assertFalse(exposures.known());
    }
}
