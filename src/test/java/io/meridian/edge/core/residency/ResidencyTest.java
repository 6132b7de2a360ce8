package io.meridian.edge.core.residency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResidencyTest {
    private static final List<String> KNOWN = List.of("eu-central", "us-east");

    @Test
    void aClaimCanOnlyTakeAway() {
        assertEquals(Residency.HERE, Residency.of(null, "eu-central", KNOWN));
        assertEquals(Residency.HERE, Residency.of("eu-central", "eu-central", KNOWN));
        assertEquals(Residency.ELSEWHERE, Residency.of("us-east", "eu-central", KNOWN));
        assertEquals(Residency.UNKNOWN_REGION, Residency.of("mars", "eu-central", KNOWN));
    }
}
