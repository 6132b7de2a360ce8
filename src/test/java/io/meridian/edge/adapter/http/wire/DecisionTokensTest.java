package io.meridian.edge.adapter.http.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTokensTest {
    private static final String ID = "01890000-0000-7000-8000-000000000001";
    private static final DecisionTokens.Key OLD = new DecisionTokens.Key("2025", filled(1));
    private static final DecisionTokens.Key NEW = new DecisionTokens.Key("2026", filled(2));

    private final DecisionTokens tokens = new DecisionTokens(List.of(OLD), 60);

    @Test
    void expiresAfterItsTime() {
        String token = tokens.issue(ID, "offer", "default", 1, 100);
        assertNotNull(tokens.verify(token, 160));
        assertNull(tokens.verify(token, 161));
    }

    @Test
    void noBitCanBeChanged() {
        byte[] token = Base64.getUrlDecoder().decode(tokens.issue(ID, "offer", "default", 1, 100));
        for (int bit = 0; bit < token.length * 8; bit++) {
            byte[] changed = token.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertNull(tokens.verify(Base64.getUrlEncoder().encodeToString(changed), 100), "bit " + bit);
        }
        for (int length = 0; length < token.length; length++) {
            assertNull(tokens.verify(Base64.getUrlEncoder().encodeToString(Arrays.copyOf(token, length)), 100));
        }
        assertNull(tokens.verify("not a token", 100));
    }

    @Test
    void anOldKeyIsStillAcceptedAfterAChange() {
        DecisionTokens changed = new DecisionTokens(List.of(NEW, OLD), 60);
        assertEquals(
                "offer",
                changed.verify(tokens.issue(ID, "offer", "default", 1, 100), 100)
                        .offer());
        assertNull(tokens.verify(changed.issue(ID, "offer", "default", 1, 100), 100));
    }

    @Test
    void theLongestTokenIsWithinTheLimit() {
        DecisionTokens longest = new DecisionTokens(List.of(new DecisionTokens.Key("k".repeat(64), filled(3))), 60);
        String token = longest.issue(ID, "o".repeat(64), "v".repeat(64), 0.5f, 100);
        assertTrue(token.length() <= DecisionTokens.MAX_LENGTH);
        assertNotNull(longest.verify(token, 100));
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
