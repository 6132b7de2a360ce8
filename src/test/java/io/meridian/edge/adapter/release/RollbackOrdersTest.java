package io.meridian.edge.adapter.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.meridian.edge.core.release.Act;
import io.meridian.edge.core.release.Refusal;
import io.meridian.edge.core.release.Refusal.Code;
import io.meridian.edge.core.release.RollbackOrder;
import io.meridian.edge.core.release.RollbackOrder.Kept;
import io.meridian.edge.core.release.RollbackOrder.Situation;
import io.meridian.edge.testing.Releases;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollbackOrdersTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ACTIVE = "sha256:" + "aa".repeat(32);
    private static final String BEFORE = "sha256:" + "bb".repeat(32);

    private final Releases people = new Releases()
            .person("olga", "rollback")
            .person("anna", "author:*", "approve:*", "author:locked", "approve:locked")
            .stranger("mallory");
    private final Situation here =
            new Situation("eu", ACTIVE, List.of(new Kept(8, ACTIVE), new Kept(7, BEFORE)), people.trust(), NOW);
    private final RollbackOrder good = new RollbackOrder("eu", ACTIVE, "7", "wrong prices", NOW.plusSeconds(60));

    @Test
    void isCarriedOutWhereItIsMeant() throws ReleaseRefused {
        assertEquals(List.of(), codes(people.order(good, "olga")));
        assertEquals(7, good.target(here.kept()).revision());
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

    @Test
    void isGoodOnceAndForADay() throws ReleaseRefused {
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
        String text =
                "{\"rollback\":{\"region\":\"eu\",\"from\":\"f\",\"to\":\"7\",\"reason\":\"r\",\"notAfter\":\"2026-03-01T00:00:00Z\"}}";
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

    private String payload(String json) {
        return Jws.order("olga", people.keys("olga").getPrivate(), json.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private List<Code> codes(String region, String from, String to, Instant notAfter) throws ReleaseRefused {
        return codes(people.order(new RollbackOrder(region, from, to, "x", notAfter), "olga"));
    }

    private List<Code> codes(String text) throws ReleaseRefused {
        RollbackOrders.Signed signed = RollbackOrders.read(text, people.trust());
        return signed.order().refusals(signed.kid(), signed.standing(), here).stream()
                .map(Refusal::code)
                .toList();
    }

    private void assertRefused(Code code, String text) {
        ReleaseRefused refused =
                assertThrows(ReleaseRefused.class, () -> RollbackOrders.read(text, people.trust()), text);
        assertEquals(code, refused.refusal().code(), text);
    }
}
