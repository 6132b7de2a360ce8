package io.meridian.edge.core.consent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.consent.Grant.State;
import io.meridian.edge.core.model.Basis;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Taking consent away never grants: over generated regimes, signals and records, any permission removed or refusal
 * added leaves every (data class, purpose) where it was or lower, live and resolved.
 */
class ConsentOnlyTakesAwayTest {
    private static final long SEED = 90210;

    @Test
    void takingConsentAwayNeverGrants() {
        int rounds = Signals.thorough() ? 2_000_000 : 10_000;
        SplittableRandom seeds = new SplittableRandom(SEED);
        int allowed = 0;
        int lowered = 0;
        for (int round = 0; round < rounds; round++) {
            long seed = seeds.nextLong();
            World before = new World(seed);
            World after = new World(seed);
            StringBuilder taken = new StringBuilder();
            int steps = 1 + seeds.nextInt(3);
            for (int step = 0; step < steps; step++) {
                taken.append(after.takeAway(seeds.nextLong())).append("; ");
            }
            Grant liveBefore = before.grant();
            Grant liveAfter = after.grant();
            Grant resolvedBefore = liveBefore.resolve(before.stored);
            Grant resolvedAfter = liveAfter.resolve(after.stored);
            for (int index = 0; index < DataClass.count(); index++) {
                DataClass dataClass = DataClass.at(index);
                for (int id = 1; id <= Purpose.count(); id++) {
                    Purpose purpose = Purpose.ofTcf(id);
                    String which = "seed " + SEED + " world " + seed + ": " + taken + dataClass + " for " + purpose
                            + " under " + before.jurisdiction.basis(dataClass, purpose);
                    State was = liveBefore.state(dataClass, purpose);
                    assertTrue(liveAfter.state(dataClass, purpose).compareTo(was) <= 0, which);
                    State wasResolved = resolvedBefore.state(dataClass, purpose);
                    State isResolved = resolvedAfter.state(dataClass, purpose);
                    assertTrue(isResolved.compareTo(wasResolved) <= 0, "resolved, " + which);
                    // Live denial is final, and nothing is left open.
                    assertFalse(was == State.DENIED && wasResolved != State.DENIED, which);
                    assertFalse(wasResolved == State.SILENT, which);
                    allowed += was == State.ALLOWED ? 1 : 0;
                    lowered += isResolved != wasResolved ? 1 : 0;
                }
            }
        }
        assertTrue(allowed > rounds && lowered > rounds, "the generator must reach permissions and take them away");
    }

    @Test
    void whatIsRefusedIsDenied() {
        int rounds = Signals.thorough() ? 1_000_000 : 10_000;
        SplittableRandom seeds = new SplittableRandom(SEED);
        for (int round = 0; round < rounds; round++) {
            long seed = seeds.nextLong();
            World world = new World(seed);
            world.takeAway(seeds.nextLong());
            Grant live = world.grant();
            Grant resolved = live.resolve(world.stored);
            ConsentSignals signals = live.signals();
            for (int index = 0; index < DataClass.count(); index++) {
                DataClass dataClass = DataClass.at(index);
                for (int id = 1; id <= Purpose.count(); id++) {
                    Purpose purpose = Purpose.ofTcf(id);
                    String which = "seed " + SEED + " world " + seed + " " + dataClass + " for " + purpose;
                    Basis basis = world.jurisdiction.basis(dataClass, purpose);
                    boolean byConsent = basis == Basis.CONSENT || basis == Basis.EXPLICIT_CONSENT;
                    boolean sensitive =
                            dataClass == DataClass.SENSITIVE && signals.sensitive() == SensitiveStatement.REFUSED;
                    if (purpose.in(signals.refused())
                            || sensitive
                            || basis == Basis.NEVER
                            || byConsent && purpose.in(signals.withheld())) {
                        assertTrue(live.state(dataClass, purpose) == State.DENIED, which);
                        assertTrue(resolved.state(dataClass, purpose) == State.DENIED, which);
                    }
                    if (world.stored != null && purpose.in(world.stored.refused())) {
                        assertTrue(resolved.state(dataClass, purpose) == State.DENIED, which);
                    }
                }
            }
        }
    }
}
