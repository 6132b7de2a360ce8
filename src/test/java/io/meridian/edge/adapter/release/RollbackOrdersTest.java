package io.meridian.edge.adapter.release;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.release.Act;
import io.meridian.edge.core.release.ContentDigest;
import io.meridian.edge.core.release.Refusal;
import io.meridian.edge.core.release.Refusal.Code;
import io.meridian.edge.core.release.RollbackOrder;
import io.meridian.edge.core.release.RollbackOrder.Situation;
import io.meridian.edge.testing.Releases;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RollbackOrdersTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ACTIVE = "sha256:" + "aa".repeat(32);
    private static final String BEFORE = "sha256:" + "bb".repeat(32);

    private record Kept(long revision, String content) implements RollbackOrder.Kept {}

    private final Releases people = new Releases()
            .person("olga", "rollback")
            .person("anna", "author:*", "approve:*", "author:locked", "approve:locked")
            .stranger("mallory");
    private final Situation here = situation(List.of(new Kept(7, BEFORE), new Kept(8, ACTIVE)), Set.of());
    private final RollbackOrder good = new RollbackOrder("eu", ACTIVE, "7", "wrong prices", NOW.plusSeconds(60));

    @Test
    void isCarriedOutWhereItIsMeant() throws ReleaseRefused {
        assertEquals(List.of(), codes(people.order(good, "olga")));
        assertEquals(new Kept(7, BEFORE), good.target(here.kept()));
        assertEquals(List.of(), codes(people.order(new RollbackOrder("*", ACTIVE, BEFORE, "x", NOW), "olga")));
        assertEquals(
                good,
                RollbackOrders.read(people.order(good, "olga") + "\n", people.trust())
                        .order());
    }

    @Test
    void onlyTheRoleCounts() throws ReleaseRefused {
        assertEquals(List.of(Code.WRONG_ROLE), codes(people.order(good, "anna")));
        assertEquals(List.of(Code.UNKNOWN_SIGNER), codes(people.order(good, "mallory")));
        String forged = RollbackOrders.sign(good, "olga", people.keys("mallory").getPrivate());
        assertEquals(List.of(Code.BAD_SIGNATURE), codes(forged));
    }

    /** Away and back again, it would fit a second time. */
    @Test
    void isCarriedOutOnce() throws ReleaseRefused {
        String order = people.order(good, "olga");
        String id = RollbackOrders.read(order + "\n", people.trust()).id();
        assertTrue(ContentDigest.isDigest(id), id);
        Situation again = situation(List.of(new Kept(7, BEFORE), new Kept(8, ACTIVE)), Set.of(id));
        assertEquals(List.of(Code.BAD_ROLLBACK), codes(order, again));
        String other = people.order(new RollbackOrder("eu", ACTIVE, "7", "wrong prices", NOW.plusSeconds(61)), "olga");
        assertEquals(List.of(), codes(other, again));
        // Whatever is made of its signature, it is the order it was.
        String unsigned = order.substring(0, order.lastIndexOf('.') + 1) + "A".repeat(86);
        assertEquals(id, RollbackOrders.read(unsigned, people.trust()).id());
    }

    @Test
    void ofSeveralItMeansTheOneThatWasActiveLast() {
        List<Kept> kept = List.of(new Kept(6, BEFORE), new Kept(7, ACTIVE), new Kept(7, BEFORE), new Kept(8, ACTIVE));
        assertSame(kept.get(2), good.target(kept));
        assertSame(kept.get(2), new RollbackOrder("eu", ACTIVE, BEFORE, "x", NOW).target(kept));
        assertNull(new RollbackOrder("eu", ACTIVE, "9", "x", NOW).target(kept));
    }

    /** Its fields are logged and shown: none can break a line or write a screen anew. */
    @Test
    void itsFieldsHoldNothingElse() {
        String text = "{\"rollback\":{\"region\":\"eu\",\"from\":\"" + ACTIVE
                + "\",\"to\":\"7\",\"reason\":\"r\",\"notAfter\":\"2026-03-01T00:00:00Z\"}}";
        for (String region : List.of("", "EU", "**", "eu\\nx", "a".repeat(65))) {
            assertRefused(Code.BAD_ROLLBACK, payload(text.replace("\"eu\"", "\"" + region + "\"")));
        }
        for (String to : List.of("", "0", "-1", "07", "7\\n", "1".repeat(19), "sha256:7", "latest")) {
            assertRefused(Code.BAD_ROLLBACK, payload(text.replace("\"7\"", "\"" + to + "\"")));
        }
        for (String from : List.of("", "7", "sha256:" + "AA".repeat(32), ACTIVE + "\\n")) {
            assertRefused(Code.BAD_ROLLBACK, payload(text.replace(ACTIVE, from)));
        }
        for (String reason : List.of(" ", "a\\nb", "\\u001b[2J", "\\u0085", "\\u2028", "\\u202e", "\\ud800")) {
            assertRefused(Code.BAD_ROLLBACK, payload(text.replace("\"r\"", "\"" + reason + "\"")));
        }
        String plain = "Größe falsch, 値段が違う 🎁";
        assertDoesNotThrow(
                () -> RollbackOrders.read(payload(text.replace("\"r\"", "\"" + plain + "\"")), people.trust()));
    }

    @Test
    void isGoodFromWhatIsActiveAndForADay() throws ReleaseRefused {
        assertEquals(List.of(Code.BAD_ROLLBACK), codes("eu", BEFORE, "7", NOW));
        assertEquals(List.of(Code.EXPIRED), codes("eu", ACTIVE, "7", NOW.minusSeconds(1)));
        assertEquals(List.of(), codes("eu", ACTIVE, "7", NOW.plus(RollbackOrder.MAX_VALIDITY)));
        assertEquals(
                List.of(Code.BAD_ROLLBACK),
                codes("eu", ACTIVE, "7", NOW.plus(RollbackOrder.MAX_VALIDITY).plusSeconds(1)));
    }

    @Test
    void goesFromWhatIsActiveToWhatWasKept() throws ReleaseRefused {
        assertEquals(List.of(Code.BAD_ROLLBACK), codes("us", ACTIVE, "7", NOW));
        assertEquals(List.of(Code.BAD_ROLLBACK), codes("eu", ACTIVE, "6", NOW));
        assertEquals(List.of(Code.BAD_ROLLBACK), codes("eu", ACTIVE, "8", NOW));
        assertEquals(List.of(Code.BAD_ROLLBACK), codes("eu", ACTIVE, ACTIVE, NOW));
    }

    @Test
    void everythingIsSaidAtOnce() throws ReleaseRefused {
        String order = people.order(new RollbackOrder("us", BEFORE, "6", "x", NOW.minusSeconds(1)), "anna");
        assertEquals(
                List.of(Code.WRONG_ROLE, Code.EXPIRED, Code.BAD_ROLLBACK, Code.BAD_ROLLBACK, Code.BAD_ROLLBACK),
                codes(order));
    }

    @Test
    void whatIsNoOrderIsRefused() throws ReleaseRefused {
        String signature = Jws.detached("olga", Act.AUTHOR, people.keys("olga").getPrivate(), ACTIVE)
                .toString();
        assertRefused(Code.BAD_SIGNATURE, signature);
        assertRefused(Code.BAD_SIGNATURE, "");
        assertRefused(Code.BAD_SIGNATURE, "a.b.c");
        assertRefused(Code.BAD_ROLLBACK, payload("{}"));
        assertRefused(Code.BAD_ROLLBACK, payload("[]"));
        assertRefused(Code.BAD_ROLLBACK, payload("{\"rollback\":{},\"more\":1}"));
        String text = "{\"rollback\":{\"region\":\"eu\",\"from\":\"" + ACTIVE
                + "\",\"to\":\"7\",\"reason\":\"r\",\"notAfter\":\"2026-03-01T00:00:00Z\"}}";
        RollbackOrders.read(payload(text), people.trust());
        assertRefused(Code.BAD_ROLLBACK, payload(text.replace("\"r\"", "\"\"")));
        assertRefused(Code.BAD_ROLLBACK, payload(text.replace("\"r\"", "\"" + "r".repeat(501) + "\"")));
        assertRefused(Code.BAD_ROLLBACK, payload(text.replace("2026-03-01T", "")));
        assertRefused(Code.BAD_ROLLBACK, payload(text.replace("\"7\"", "7")));
        assertRefused(Code.BAD_ROLLBACK, payload(text.replace("\"to\":", "\"to\":\"6\",\"to\":")));
        // An order with its payload taken off is no signature of a bundle.
        String order = people.order(good, "olga");
        String detached = order.replaceFirst("\\.[^.]*\\.", "..");
        assertThrows(ReleaseRefused.class, () -> Jws.parseDetached(detached, "it"));
    }

    private Situation situation(List<Kept> kept, Set<String> carriedOut) {
        return new Situation("eu", ACTIVE, kept, carriedOut, people.trust(), NOW);
    }

    private String payload(String json) {
        return Jws.order("olga", people.keys("olga").getPrivate(), json.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private List<Code> codes(String region, String from, String to, Instant notAfter) throws ReleaseRefused {
        return codes(people.order(new RollbackOrder(region, from, to, "x", notAfter), "olga"));
    }

    private List<Code> codes(String text) throws ReleaseRefused {
        return codes(text, here);
    }

    private List<Code> codes(String text, Situation there) throws ReleaseRefused {
        RollbackOrders.Signed signed = RollbackOrders.read(text, people.trust());
        return signed.order().refusals(signed.id(), signed.kid(), signed.standing(), there).stream()
                .map(Refusal::code)
                .toList();
    }

    private void assertRefused(Code code, String text) {
        ReleaseRefused refused =
                assertThrows(ReleaseRefused.class, () -> RollbackOrders.read(text, people.trust()), text);
        assertEquals(code, refused.refusal().code(), text);
    }
}
