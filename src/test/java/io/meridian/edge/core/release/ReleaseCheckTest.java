package io.meridian.edge.core.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.release.Refusal.Code;
import io.meridian.edge.core.release.Signature.Standing;
import io.meridian.edge.testing.Releases;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReleaseCheckTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Releases people = new Releases()
            .person("anna", "author:de", "approve:de")
            .person("ben", "approve:de")
            .person("chloe", "author:fr")
            .person("dora", "approve:fr")
            .person("eva", "author:*", "approve:*")
            .person("finn", "author:*", "author:locked")
            .person("gina", "approve:*", "approve:locked")
            .person("hugo", "rollback");

    private final SortedMap<String, byte[]> active = files(
            "bundle.yaml", "revision: 7",
            "global/guardrails.yaml", "g",
            "global/offers.yaml", "o",
            "markets/de/rules.yaml", "d",
            "markets/fr/rules.yaml", "f",
            "regions/eu.yaml", "r");
    private SortedMap<String, byte[]> next = with("bundle.yaml", "revision: 8", "markets/de/rules.yaml", "d2");
    private String base = Releases.content(active);
    private String activeContent = base;
    private long revision = 8;
    private long written = 8;
    private long highest = 7;
    private Instant notBefore;
    private Instant notAfter;
    private Set<String> locks = Set.of();
    private final List<Signature> signatures = new ArrayList<>();

    @Test
    void anAuthorAndAnotherApproverOfTheMarketAreEnough() {
        sign(Act.AUTHOR, "anna");
        sign(Act.APPROVE, "ben");
        assertEquals(new ReleaseCheck.Result.Accepted(List.of("anna"), List.of("ben")), result());
    }

    @Test
    void someoneMustSignAsAuthorAndSomeoneMustApprove() {
        assertRefused(Code.MISSING_AUTHOR, Code.MISSING_APPROVAL);
        assertTrue(refusals().get(0).detail().contains("author:de"));
        sign(Act.AUTHOR, "anna");
        assertRefused(Code.MISSING_APPROVAL);
    }

    @Test
    void nobodyApprovesTheirOwn() {
        sign(Act.AUTHOR, "anna");
        sign(Act.APPROVE, "anna");
        assertRefused(Code.AUTHOR_IS_APPROVER);
    }

    @Test
    void twoKeysOfOneNameAreOnePerson() {
        people.key("anna-laptop", "  ＡNNA ", "approve:de");
        sign(Act.AUTHOR, "anna");
        sign(Act.APPROVE, "anna-laptop");
        assertRefused(Code.AUTHOR_IS_APPROVER);
    }

    /** Refusals get into logs, audits and answers, which are read where people's names need not be known. */
    @Test
    void refusalsNameKeysAndNotPeople() {
        people.key("a1", "Anna Secret", "author:fr").key("a2", "Anna Secret", "approve:fr");
        sign(Act.AUTHOR, "a1");
        sign(Act.APPROVE, "a2");
        assertRefused(Code.AUTHOR_IS_APPROVER, Code.WRONG_ROLE, Code.WRONG_ROLE);
        String told = refusals().toString();
        assertTrue(told.contains("a1 and a2 are keys of one person") && !told.contains("Secret"), told);
        assertEquals("a1", String.valueOf(people.trust().key("a1")));
    }

    @Test
    void whoAuthoredAPartApprovesNone() {
        next = with("bundle.yaml", "revision: 8", "markets/de/rules.yaml", "d2", "markets/fr/rules.yaml", "f2");
        sign(Act.AUTHOR, "anna");
        sign(Act.AUTHOR, "eva");
        sign(Act.APPROVE, "gina");
        sign(Act.APPROVE, "anna");
        assertRefused(Code.AUTHOR_IS_APPROVER);
    }

    @Test
    void everyMarketThatChangesNeedsItsOwnPeople() {
        next = with("bundle.yaml", "revision: 8", "markets/de/rules.yaml", "d2", "markets/fr/rules.yaml", "f2");
        sign(Act.AUTHOR, "anna");
        sign(Act.APPROVE, "ben");
        assertRefused(Code.WRONG_ROLE, Code.WRONG_ROLE);
        assertEquals(
                "markets/fr/rules.yaml changes, which needs author:fr; anna has approve:de, author:de",
                refusals().get(0).detail());
        sign(Act.AUTHOR, "chloe");
        sign(Act.APPROVE, "dora");
        assertAccepted();
    }

    @Test
    void addingAndRemovingAreChangesToo() {
        next = with("bundle.yaml", "revision: 8", "markets/fr/content.yaml", "new");
        sign(Act.AUTHOR, "anna");
        sign(Act.APPROVE, "ben");
        assertRefused(Code.WRONG_ROLE, Code.WRONG_ROLE);
        next = with("bundle.yaml", "revision: 8");
        next.remove("markets/fr/rules.yaml");
        assertRefused(Code.WRONG_ROLE, Code.WRONG_ROLE);
    }

    @Test
    void whatBelongsToNoMarketIsGlobal() {
        for (String path : List.of("global/offers.yaml", "regions/eu.yaml", "markets/stray.yaml", "requests/x.yaml")) {
            next = with("bundle.yaml", "revision: 8", path, "changed");
            signatures.clear();
            sign(Act.AUTHOR, "anna");
            sign(Act.APPROVE, "ben");
            assertRefused(Code.WRONG_ROLE, Code.WRONG_ROLE);
            signatures.clear();
            sign(Act.AUTHOR, "finn");
            sign(Act.APPROVE, "eva");
            assertAccepted();
        }
    }

    @Test
    void aLockedKeyNeedsItsOwnRoleWhateverElseOneMay() {
        locks = Set.of("lever.max");
        sign(Act.AUTHOR, "eva");
        sign(Act.APPROVE, "gina");
        assertRefused(Code.LOCKED_KEY);
        assertTrue(refusals().get(0).detail().startsWith("lever.max changes, which needs author:locked"));
        signatures.clear();
        sign(Act.AUTHOR, "finn");
        sign(Act.APPROVE, "ben");
        assertRefused(Code.LOCKED_KEY);
        signatures.clear();
        sign(Act.AUTHOR, "finn");
        sign(Act.APPROVE, "gina");
        assertAccepted();
    }

    @Test
    void theGuardrailsAreLockedAsAFile() {
        next = with("bundle.yaml", "revision: 8", "global/guardrails.yaml", "looser");
        sign(Act.AUTHOR, "eva");
        sign(Act.APPROVE, "gina");
        assertRefused(Code.LOCKED_KEY);
    }

    @Test
    void theHeadAloneNeedsAnyTwo() {
        next = with("bundle.yaml", "revision: 8");
        sign(Act.AUTHOR, "chloe");
        sign(Act.APPROVE, "ben");
        assertAccepted();
        signatures.clear();
        sign(Act.AUTHOR, "hugo");
        sign(Act.APPROVE, "ben");
        assertRefused(Code.WRONG_ROLE);
    }

    @Test
    void anotherBaseIsRefused() {
        base = "sha256:" + "0".repeat(64);
        signWell();
        assertRefused(Code.WRONG_BASE);
        base = null;
        assertRefused(Code.WRONG_BASE);
    }

    @Test
    void theFirstBundleNeedsARoleForEverything() {
        activeContent = null;
        highest = 0;
        signWell();
        assertRefused(
                Code.WRONG_ROLE, Code.WRONG_ROLE, Code.WRONG_ROLE, Code.WRONG_ROLE, Code.LOCKED_KEY, Code.LOCKED_KEY);
        signatures.clear();
        sign(Act.AUTHOR, "finn");
        sign(Act.APPROVE, "gina");
        assertAccepted();
        base = null;
        assertAccepted();
        next.remove("global/guardrails.yaml");
        signatures.set(0, new Signature("eva", Act.AUTHOR, Standing.VERIFIED));
        assertRefused(Code.LOCKED_KEY);
    }

    /** Whoever works on an old copy and names the new base would undo what others did since: that is a change of theirs. */
    @Test
    void anOldCopyDoesNotOverwriteWhatOthersDid() {
        next = with("bundle.yaml", "revision: 8", "markets/de/rules.yaml", "d2", "markets/fr/rules.yaml", "before f");
        signWell();
        assertRefused(Code.WRONG_ROLE, Code.WRONG_ROLE);
    }

    @Test
    void onlyANewerRevisionIsTaken() {
        signWell();
        highest = 8;
        assertRefused(Code.OLD_REVISION);
        highest = 12;
        assertRefused(Code.OLD_REVISION);
    }

    @Test
    void manifestAndHeadAgreeOnTheRevision() {
        signWell();
        written = 9;
        assertRefused(Code.BAD_ARCHIVE);
        written = 0; // cannot be read: the compiler says so
        assertAccepted();
    }

    @Test
    void theWindowIsInclusive() {
        signWell();
        notBefore = NOW;
        notAfter = NOW;
        assertAccepted();
        notBefore = NOW.plusSeconds(1);
        notAfter = null;
        assertRefused(Code.NOT_YET_VALID);
        notBefore = null;
        notAfter = NOW.minusSeconds(1);
        assertRefused(Code.EXPIRED);
    }

    @Test
    void oneSignatureThatDoesNotHoldSpoilsTheBundle() {
        signWell();
        signatures.add(new Signature("eva", Act.APPROVE, Standing.WRONG));
        assertRefused(Code.BAD_SIGNATURE);
        signatures.set(2, new Signature("nobody", Act.APPROVE, Standing.UNKNOWN_SIGNER));
        assertRefused(Code.UNKNOWN_SIGNER);
    }

    @Test
    void aSignatureThatDoesNotHoldCountsForNothing() {
        signatures.add(new Signature("anna", Act.AUTHOR, Standing.WRONG));
        signatures.add(new Signature("ben", Act.APPROVE, Standing.WRONG));
        assertRefused(Code.BAD_SIGNATURE, Code.BAD_SIGNATURE, Code.MISSING_AUTHOR, Code.MISSING_APPROVAL);
    }

    @Test
    void everythingIsSaidAtOnce() {
        base = null;
        highest = 9;
        notAfter = NOW.minusSeconds(1);
        locks = Set.of("x");
        sign(Act.AUTHOR, "anna");
        sign(Act.APPROVE, "anna");
        assertRefused(
                Code.AUTHOR_IS_APPROVER,
                Code.WRONG_BASE,
                Code.OLD_REVISION,
                Code.EXPIRED,
                Code.LOCKED_KEY,
                Code.LOCKED_KEY);
    }

    private void signWell() {
        sign(Act.AUTHOR, "anna");
        sign(Act.APPROVE, "ben");
    }

    private void sign(Act act, String kid) {
        signatures.add(new Signature(kid, act, Standing.VERIFIED));
    }

    private ReleaseCheck.Result result() {
        Manifest manifest = Manifest.of(revision, base, notBefore, notAfter, next);
        SortedMap<String, String> before = activeContent == null ? new TreeMap<>() : ContentDigest.each(active);
        return ReleaseCheck.check(new ReleaseCheck.Input(
                Arrival.PUSHED,
                manifest,
                written,
                signatures,
                people.trust(),
                Scopes.changedPaths(before, manifest.digests()),
                locks,
                activeContent,
                highest,
                NOW));
    }

    private List<Refusal> refusals() {
        return result() instanceof ReleaseCheck.Result.Refused refused ? refused.refusals() : List.of();
    }

    private void assertAccepted() {
        assertEquals(List.of(), refusals());
    }

    private void assertRefused(Code... codes) {
        assertEquals(
                Arrays.asList(codes),
                refusals().stream().map(Refusal::code).toList(),
                () -> refusals().toString());
    }

    private SortedMap<String, byte[]> with(String... pathsAndTexts) {
        SortedMap<String, byte[]> changed = new TreeMap<>(active);
        changed.putAll(files(pathsAndTexts));
        return changed;
    }

    private static SortedMap<String, byte[]> files(String... pathsAndTexts) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }
}
