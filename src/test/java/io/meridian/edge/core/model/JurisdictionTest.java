package io.meridian.edge.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JurisdictionTest {
    @Test
    void twoRegimesMakeTheStricterOfBothInEveryCell() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 200; round++) {
            Jurisdiction one = random("one", 1, random);
            Jurisdiction other = random("other", 2, random);
            Jurisdiction both = one.and(other);
            for (int c = 0; c < DataClass.count(); c++) {
                DataClass dataClass = DataClass.at(c);
                for (Purpose purpose : Purpose.values()) {
                    Basis basis = both.basis(dataClass, purpose);
                    assertTrue(basis.compareTo(one.basis(dataClass, purpose)) >= 0);
                    assertTrue(basis.compareTo(other.basis(dataClass, purpose)) >= 0);
                    assertEquals(basis, other.and(one).basis(dataClass, purpose));
                    assertTrue(purpose.in(both.purposes(dataClass, basis)));
                }
            }
        }
    }

    @Test
    void permissionsCountFromFrameworksOfBothAndFromTheTcfOfEither() {
        SplittableRandom random = new SplittableRandom(1);
        Jurisdiction european = random("eu", SignalFramework.TCF.bit(), random);
        Jurisdiction american = random("us", SignalFramework.GPP.bit() | SignalFramework.US_PRIVACY.bit(), random);
        Jurisdiction both = european.and(american);
        assertTrue(both.accepts(SignalFramework.TCF));
        assertFalse(both.accepts(SignalFramework.GPP));
        assertFalse(both.accepts(SignalFramework.US_PRIVACY));
    }

    private static Jurisdiction random(String id, int frameworks, SplittableRandom random) {
        Basis[][] table = new Basis[DataClass.count()][Purpose.count()];
        for (Basis[] row : table) {
            for (int i = 0; i < row.length; i++) {
                row[i] = Basis.values()[random.nextInt(Basis.values().length)];
            }
        }
        return new Jurisdiction(id, frameworks, table);
    }
}
