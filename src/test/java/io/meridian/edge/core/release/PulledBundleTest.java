package io.meridian.edge.core.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.release.Refusal.Code;
import io.meridian.edge.core.release.Signature.Standing;
import io.meridian.edge.testing.Releases;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An edge that asks at its own pace may miss bundles: what is signed for everything needs none of those before it. */
class PulledBundleTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String MISSED = "sha256:" + "0".repeat(64);

    private final Releases people = new Releases()
            .person("dan", "author:de")
            .person("dora", "approve:de")
            .person("mia", "author:de", "author:fr", "author:locked", "author:global")
            .person("eva", "author:*")
            .person("finn", "author:*", "author:locked")
            .person("gina", "approve:*", "approve:locked")
            .person("hugo", "approve:*");
    private final SortedMap<String, byte[]> active = files(
            "bundle.yaml", "revision: 7",
            "global/offers.yaml", "o",
            "markets/de/rules.yaml", "d",
            "markets/fr/rules.yaml", "f");
    private final SortedMap<String, byte[]> next = files(
            "bundle.yaml", "revision: 9",
            "global/offers.yaml", "o",
            "markets/de/rules.yaml", "d2",
            "markets/fr/rules.yaml", "f");
    private String base = MISSED;
    private Arrival arrival = Arrival.PULLED;
    private long highest = 7;
    private Instant notAfter;

    @Test
    void isTakenWhateverItWasMadeFromIfSignedForEverything() {
        assertRefused("finn", "gina");
        base = null;
        assertRefused("finn", "gina");
    }

    @Test
    void pushedItNeedsWhatItWasMadeFrom() {
        arrival = Arrival.PUSHED;
        assertRefused("finn", "gina", Code.WRONG_BASE);
    }

    @Test
    void oneScopeLessIsNotEnough() {
        assertRefused("dan", "dora", Code.WRONG_BASE);
        assertRefused("eva", "gina", Code.WRONG_BASE);
        assertRefused("finn", "hugo", Code.WRONG_BASE);
        assertTrue(detail("finn", "hugo").endsWith("for every scope, locked included"), detail("finn", "hugo"));
    }

    @Test
    void marketsItTakesAwayCountAsWellAsThoseItBrings() {
        assertRefused("mia", "gina");
        next.put("markets/it/rules.yaml", new byte[0]);
        assertRefused("mia", "gina", Code.WRONG_ROLE, Code.WRONG_BASE);
        next.remove("markets/it/rules.yaml");
        active.put("markets/it/rules.yaml", new byte[0]);
        assertRefused("mia", "gina", Code.WRONG_ROLE, Code.WRONG_BASE);
        // It is in both, and the same: what was active is vouched for again all the same.
        next.put("markets/it/rules.yaml", new byte[0]);
        assertRefused("mia", "gina", Code.WRONG_BASE);
    }

    @Test
    void whatFollowsOnWhatIsActiveNeedsNoMoreThanPushed() {
        base = Releases.content(active);
        assertRefused("dan", "dora");
    }

    @Test
    void allElseHolds() {
        highest = 9;
        assertRefused("finn", "gina", Code.OLD_REVISION);
        highest = 7;
        notAfter = NOW.minusSeconds(1);
        assertRefused("finn", "gina", Code.EXPIRED);
        notAfter = null;
        people.key("finn-2", "finn", "approve:*", "approve:locked");
        assertRefused("finn", "finn-2", Code.AUTHOR_IS_APPROVER);
    }

    private String detail(String author, String approver) {
        return refusals(author, approver).get(0).detail();
    }

    private void assertRefused(String author, String approver, Code... codes) {
        List<Refusal> refusals = refusals(author, approver);
        assertEquals(List.of(codes), refusals.stream().map(Refusal::code).toList(), refusals::toString);
    }

    private List<Refusal> refusals(String author, String approver) {
        Manifest manifest = Manifest.of(9, base, null, notAfter, next);
        ReleaseCheck.Result result = ReleaseCheck.check(new ReleaseCheck.Input(
                arrival,
                manifest,
                9,
                List.of(
                        new Signature(author, Act.AUTHOR, Standing.VERIFIED),
                        new Signature(approver, Act.APPROVE, Standing.VERIFIED)),
                people.trust(),
                Scopes.changedPaths(ContentDigest.each(active), manifest.digests()),
                Set.of(),
                Releases.content(active),
                highest,
                NOW));
        return result instanceof ReleaseCheck.Result.Refused refused ? refused.refusals() : List.of();
    }

    private static SortedMap<String, byte[]> files(String... pathsAndTexts) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }
}
