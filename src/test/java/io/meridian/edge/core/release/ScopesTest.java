package io.meridian.edge.core.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopesTest {
    @Test
    void aMarketsFilesAreItsOwnAndAllElseIsGlobal() {
        assertNull(Scopes.of("bundle.yaml"));
        assertEquals("de", Scopes.of("markets/de/rules.yaml"));
        assertEquals("de", Scopes.of("markets/de/tests/x.yaml"));
        for (String path : List.of("global/offers.yaml", "regions/de.yaml", "markets/de.yaml", "de/rules.yaml")) {
            assertEquals(Scopes.GLOBAL, Scopes.of(path), path);
        }
    }

    /** Whoever may name a market could otherwise name it so that a role of central's fits it, or the other way round. */
    @Test
    void aFolderNamedLikeOneOfOurWordsIsNoMarkets() {
        assertEquals(Scopes.GLOBAL, Scopes.of("markets/global/rules.yaml"));
        assertEquals(Scopes.GLOBAL, Scopes.of("markets/locked/rules.yaml"));
        assertEquals(
                Map.of(Scopes.GLOBAL, List.of("markets/locked/rules.yaml")),
                Scopes.touched(Set.of("markets/locked/rules.yaml"), Set.of()));
    }
}
