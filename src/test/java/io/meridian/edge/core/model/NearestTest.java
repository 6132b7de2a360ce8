package io.meridian.edge.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void theNearestComesFirstWhateverItsCase() {
        assertEquals(List.of("tier", "tire"), Nearest.likely("TIER", List.of("tire", "language", "tier")));
        assertEquals("home", Nearest.of("hoem", List.of("hero", "home")));
    }

    @Test
    void whatIsTooFarIsNoSuggestion() {
        assertNull(Nearest.of("language", List.of("tier", "currency")));
        assertEquals("there is: tier, currency", Nearest.advice("language", List.of("tier", "currency")));
        assertEquals("there is none", Nearest.advice("language", List.of()));
    }
}
