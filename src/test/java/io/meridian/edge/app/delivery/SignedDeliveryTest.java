package io.meridian.edge.app.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.core.release.RollbackOrder;
import io.meridian.edge.testing.Releases;
import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed bundles at an edge: taken, refused, kept over restarts, and gone back to. */
class SignedDeliveryTest {
    private final Releases people = new Releases()
            .person("anna", "author:*", "author:locked", "rollback")
            .person("ben", "approve:*", "approve:locked")
            .person("dora", "author:de")
            .person("emil", "approve:de");

    @TempDir
    Path state;

    private Edge edge() {
        return new Edge(state, people.trust());
    }

    /** Of everything, by those who may sign everything. */
    private byte[] edition(int revision, String base) {
        return people.signed(Releases.bundle(SampleFiles.edition(revision), base), "anna", "ben");
    }

    private static String content(int revision) {
        return Releases.content(SampleFiles.edition(revision));
    }

    private static String code(Outcome outcome) {
        return assertInstanceOf(Outcome.Rejected.class, outcome).code();
    }

    private void two(Edge edge) {
        assertInstanceOf(Outcome.Activated.class, edge.push(edition(1, null)));
        assertInstanceOf(Outcome.Activated.class, edge.push(edition(2, content(1))));
        assertEquals(2, edge.revision());
    }

    @Test
    void theRulesOfReleasesHoldAtTheEdge() {
        try (Edge edge = edge()) {
            assertInstanceOf(Outcome.Activated.class, edge.push(edition(1, null)));
            assertEquals("wrong-base", code(edge.push(edition(2, content(7)))));
            assertEquals("wrong-base", code(edge.push(edition(2, null))));
            assertInstanceOf(Outcome.Activated.class, edge.push(edition(2, content(1))));
            assertInstanceOf(Outcome.Unchanged.class, edge.push(edition(2, content(1))));
            assertEquals("old-revision", code(edge.push(edition(1, content(2)))));
            assertEquals("bad-archive", code(edge.push(new byte[100])));
            byte[] byMarket = people.signed(Releases.bundle(SampleFiles.edition(3), content(2)), "dora", "emil");
            assertEquals("wrong-role", code(edge.push(byMarket)));
            byte[] tampered = edition(3, content(2));
            tampered[tampered.length / 2] ^= 1;
            assertTrue(
                    List.of("bad-archive", "digest-mismatch", "bad-signature").contains(code(edge.push(tampered))));
            assertEquals(2, edge.revision());
        }
    }

    @Test
    void aMarketsTeamReleasesItsMarketAlone() {
        try (Edge edge = edge()) {
            two(edge);
            SortedMap<String, byte[]> files = Releases.revision(SampleFiles.edition(2), 3);
            String rules = new String(files.get("markets/de/rules.yaml"), StandardCharsets.UTF_8);
            SortedMap<String, byte[]> changed = Releases.with(files, "markets/de/rules.yaml", rules + "# changed\n");
            assertInstanceOf(
                    Outcome.Activated.class,
                    edge.push(people.signed(Releases.bundle(changed, content(2)), "dora", "emil")));
            assertEquals(3, edge.revision());
        }
    }

    @Test
    void afterARestartTheLastOneDecidesThoughNoSourceIsThere() {
        try (Edge edge = edge()) {
            two(edge);
        }
        try (Edge edge = edge()) {
            assertInstanceOf(Outcome.Activated.class, edge.delivery.begin(null));
            assertEquals(2, edge.revision());
            assertTrue(edge.delivery.status().fromKept());
            assertEquals("old-revision", code(edge.push(edition(1, content(2)))));
            assertInstanceOf(Outcome.Activated.class, edge.push(edition(3, content(2))));
        }
    }

    @Test
    void aKeptBundleThatWasTamperedWithIsPassedOverForTheOneBefore() {
        try (Edge edge = edge()) {
            two(edge);
        }
        byte[] two = edition(2, content(1));
        tamper(Releases.bundle(SampleFiles.edition(2), content(1)));
        try (Edge edge = edge()) {
            edge.delivery.begin(null);
            assertEquals(1, edge.revision());
            assertTrue(edge.told().contains("damaged"), edge.told().toString());
            assertInstanceOf(Outcome.Activated.class, edge.push(two), "what was active last may come again");
            assertInstanceOf(Outcome.Activated.class, edge.push(edition(3, content(2))));
        }
    }

    @Test
    void whatIsUsedInsteadAtAStartIsNotWhatIsUsedEverAfter() throws Exception {
        try (Edge edge = edge()) {
            two(edge);
        }
        Archive two = Releases.bundle(SampleFiles.edition(2), content(1));
        Path file = state.resolve("bundles").resolve(two.digest().substring("sha256:".length()) + ".bundle");
        byte[] whole = Files.readAllBytes(file);
        tamper(two);
        try (Edge edge = edge()) {
            edge.delivery.begin(null);
            assertEquals(1, edge.revision());
        }
        Files.write(file, whole);
        try (Edge edge = edge()) {
            edge.delivery.begin(null);
            assertEquals(2, edge.revision());
        }
    }

    /** A slip in the trust policy must not leave an edge with what nobody signed, now or after it is mended. */
    @Test
    void noFolderTakesThePlaceOfWhatWasSigned() {
        try (Edge edge = edge()) {
            two(edge);
        }
        Releases others = new Releases().person("zoe", "author:*").person("yan", "approve:*");
        try (Edge edge = new Edge(state, others.trust())) {
            assertEquals("nothing-kept", code(edge.delivery.begin(new Folder(TestBundles.SAMPLE))));
            assertEquals(0, edge.revision());
        }
        try (Edge edge = new Edge(state, null)) {
            assertEquals("nothing-kept", code(edge.delivery.begin(new Folder(TestBundles.SAMPLE))));
        }
        try (Edge edge = edge()) {
            assertInstanceOf(Outcome.Activated.class, edge.delivery.begin(new Folder(TestBundles.SAMPLE)));
            assertEquals(2, edge.revision());
        }
    }

    @Test
    void aStateThatWasRemovedLetsNoFolderAndNoOldRevisionIn() throws Exception {
        try (Edge edge = edge()) {
            two(edge);
        }
        Files.delete(state.resolve("active.json"));
        Files.delete(state.resolve("active.before.json"));
        try (Edge edge = edge()) {
            assertEquals("nothing-kept", code(edge.delivery.begin(new Folder(TestBundles.SAMPLE))));
            assertTrue(edge.told().contains("damaged"), edge.told().toString());
            assertEquals("old-revision", code(edge.push(edition(2, null))));
        }
    }

    /** Sealed by the service itself, but of an earlier time. */
    @Test
    void anEarlierStateThatIsPutBackIsSeen() throws Exception {
        byte[] earlier;
        try (Edge edge = edge()) {
            edge.push(edition(1, null));
            earlier = Files.readAllBytes(state.resolve("active.json"));
            edge.push(edition(2, content(1)));
            edge.push(edition(3, content(2)));
        }
        Files.write(state.resolve("active.json"), earlier);
        try (Edge edge = edge()) {
            edge.delivery.begin(null);
            assertTrue(edge.told().contains("damaged"), edge.told().toString());
            assertEquals("old-revision", code(edge.push(edition(2, content(1)))));
        }
    }

    @Test
    void whoMissedBundlesTakesThePulledOneThatIsSignedForEverything() {
        try (Edge edge = edge()) {
            edge.push(edition(1, null));
            byte[] four = edition(4, content(3));
            assertEquals("wrong-base", code(edge.push(four)));
            assertInstanceOf(Outcome.Activated.class, pull(edge, four));
            assertEquals("old-revision", code(pull(edge, edition(3, content(2)))));
        }
        try (Edge edge = edge()) {
            edge.delivery.begin(null);
            assertEquals(4, edge.revision());
        }
    }

    private static Outcome pull(Edge edge, byte[] archive) {
        return edge.delivery
                .archive(archive, Edge.origin(Origin.Via.PULL), ReleaseGate.Permission.ALL)
                .join();
    }

    @Test
    void anOrderIsCarriedOutOnceThoughWhatItLeavesIsActiveAgain() {
        Instant until = Instant.now().plusSeconds(600);
        String back = order(content(2), content(1), until);
        try (Edge edge = edge()) {
            two(edge);
            assertInstanceOf(Outcome.Activated.class, rollBack(edge, back, 1));
            assertInstanceOf(Outcome.Activated.class, rollBack(edge, order(content(1), content(2), until), 2));
            assertEquals("bad-rollback", code(rollBack(edge, back, 1)));
        }
        try (Edge edge = edge()) {
            edge.delivery.begin(null);
            assertEquals("bad-rollback", code(rollBack(edge, back, 1)), "also after a restart");
            assertEquals(2, edge.revision());
        }
    }

    @Test
    void anOrderDoesNotStepBackToWhatNobodySigned() {
        try (Edge edge = edge()) {
            edge.delivery
                    .folder(Candidate.ofFolder(SampleFiles.edition(1)), Edge.origin(Origin.Via.FOLDER))
                    .join();
            assertInstanceOf(Outcome.Activated.class, edge.push(edition(2, content(1))));
            String back = order(content(2), content(1), Instant.now().plusSeconds(600));
            assertEquals("bad-rollback", code(rollBack(edge, back, 1)));
            assertEquals(2, edge.revision());
        }
    }

    @Test
    void whatThrowsIsWrittenDownAndTheNextHasItsTurn() {
        try (Edge edge = edge()) {
            for (int i = 0; i < 2 * ActivationThread.MAX_WAITING; i++) {
                assertEquals("failed", code(throwing(edge, new AssertionError("of a test"))));
            }
            assertEquals("failed", code(throwing(edge, new StackOverflowError("of a test"))));
            assertEquals("failed", edge.delivery.status().rejected().outcome().code());
            assertTrue(edge.told().contains("rejected:failed"), edge.told().toString());
            two(edge);
        }
    }

    private Outcome throwing(Edge edge, Error error) {
        return edge.delivery
                .archive(edition(1, null), Edge.origin(Origin.Via.PUSH), scopes -> {
                    throw error;
                })
                .join();
    }

    private void tamper(Archive archive) {
        Path file = state.resolve("bundles").resolve(archive.digest().substring("sha256:".length()) + ".bundle");
        try {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody can write to the disk but has no key: a bundle nobody signed is put where the signed one was. */
    @Test
    void nothingUnsignedDecidesBecauseItLiesInTheStateFolder() throws Exception {
        try (Edge edge = edge()) {
            two(edge);
        }
        Archive unsigned = Releases.bundle(SampleFiles.edition(2), content(1));
        Files.write(
                state.resolve("bundles").resolve(unsigned.digest().substring("sha256:".length()) + ".bundle"),
                unsigned.write());
        try (Edge edge = edge()) {
            edge.delivery.begin(null);
            assertEquals(1, edge.revision());
        }
    }

    @Test
    void aSignerWhoIsTrustedNoMoreCountsNoMore() {
        try (Edge edge = edge()) {
            two(edge);
        }
        Releases others =
                new Releases().person("zoe", "author:*", "author:locked").person("yan", "approve:*");
        try (Edge edge = new Edge(state, others.trust())) {
            assertEquals("nothing-kept", code(edge.delivery.begin(null)));
            assertEquals(0, edge.revision());
        }
    }

    @Test
    void whatIsActiveCannotBeRewrittenOnDisk() throws Exception {
        try (Edge edge = edge()) {
            two(edge);
        }
        Path active = state.resolve("active.json");
        Files.writeString(active, Files.readString(active).replace("\"highestRevision\":2", "\"highestRevision\":1"));
        try (Edge edge = edge()) {
            edge.delivery.begin(null);
            assertTrue(edge.told().contains("damaged"), edge.told().toString());
            assertEquals(1, edge.revision(), "the state before is believed");
        }
    }

    @Test
    void aDamagedStateLetsNoOldRevisionBackIn() throws Exception {
        try (Edge edge = edge()) {
            two(edge);
        }
        Files.writeString(state.resolve("active.json"), "{");
        Files.writeString(state.resolve("active.before.json"), "{");
        try (Edge edge = edge()) {
            assertEquals("nothing-kept", code(edge.delivery.begin(null)));
            assertEquals("old-revision", code(edge.push(edition(2, null))));
            assertInstanceOf(Outcome.Activated.class, edge.push(edition(3, null)));
        }
    }

    @Test
    void aSignedOrderStepsBackOnceAndOnlyOnce() {
        try (Edge edge = edge()) {
            two(edge);
            String order = order(content(2), content(1), Instant.now().plusSeconds(600));
            assertEquals("bad-rollback", code(rollBack(edge, order, 7)));
            assertInstanceOf(Outcome.Activated.class, rollBack(edge, order, 1));
            assertEquals(1, edge.revision());
            assertEquals("bad-rollback", code(rollBack(edge, order, 1)));
            assertEquals("old-revision", code(edge.push(edition(2, content(1)))));
            assertTrue(
                    edge.told().containsAll(List.of("rollback-ordered", "rolled-back")),
                    edge.told().toString());
        }
        try (Edge edge = edge()) {
            edge.delivery.begin(null);
            assertEquals(1, edge.revision(), "a step back outlives a restart");
            assertInstanceOf(Outcome.Activated.class, edge.push(edition(3, content(1))));
        }
    }

    @Test
    void onlyWhoMayOrdersAStepBack() {
        try (Edge edge = edge()) {
            two(edge);
            RollbackOrder order = new RollbackOrder(
                    Edge.REGION,
                    content(2),
                    content(1),
                    "why not",
                    Instant.now().plusSeconds(600));
            assertEquals("wrong-role", code(rollBack(edge, people.order(order, "ben"), 1)));
            people.stranger("eve");
            assertEquals("unknown-signer", code(rollBack(edge, people.order(order, "eve"), 1)));
            String expired = order(content(2), content(1), Instant.now().minusSeconds(1));
            assertEquals("expired", code(rollBack(edge, expired, 1)));
            assertEquals(2, edge.revision());
        }
    }

    private String order(String from, String to, Instant notAfter) {
        return people.order(new RollbackOrder(Edge.REGION, from, to, "sold out", notAfter), "anna");
    }

    private static Outcome rollBack(Edge edge, String order, long revision) {
        return edge.delivery
                .rollBack(order, revision, Edge.origin(Origin.Via.ROLLBACK))
                .join();
    }

    @Test
    void aStagedBundleWaitsForItsHourAndForSomebodyToActivateIt() {
        Instant now = Instant.parse("2026-11-22T10:00:00Z");
        MovingClock clock = new MovingClock(now);
        try (Edge edge = new Edge(state, people.trust(), Edge.REGION, clock, null)) {
            edge.push(edition(1, null));
            byte[] tomorrow = people.signed(
                    Releases.bundle(2, content(1), now.plus(Duration.ofDays(1)), null, SampleFiles.edition(2)),
                    "anna",
                    "ben");
            Outcome staged = edge.delivery
                    .stage(tomorrow, Edge.origin(Origin.Via.PUSH), ReleaseGate.Permission.ALL)
                    .join();
            assertInstanceOf(Outcome.Staged.class, staged);
            assertEquals(1, edge.revision());
            assertEquals("not-yet-valid", code(activate(edge, 2)));
            assertEquals("not-staged", code(activate(edge, 9)));
            clock.now = now.plus(Duration.ofDays(2));
            assertInstanceOf(Outcome.Activated.class, activate(edge, 2));
            assertEquals("not-staged", code(activate(edge, 2)));
        }
    }

    private static Outcome activate(Edge edge, long revision) {
        return edge.delivery
                .activateStaged(revision, Edge.origin(Origin.Via.PUSH), ReleaseGate.Permission.ALL)
                .join();
    }

    /** A time that tests set. */
    private static final class MovingClock extends Clock {
        private volatile Instant now;

        MovingClock(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void aFolderDoesNotReplaceWhatIsSigned() {
        try (Edge edge = edge()) {
            two(edge);
            Outcome saved = edge.delivery
                    .folder(Candidate.ofFolder(SampleFiles.edition(5)), Edge.origin(Origin.Via.FOLDER))
                    .join();
            assertEquals("signed-active", code(saved));
        }
    }

    @Test
    void whatIsActiveSurvivesAStateFolderThatCannotBeWritten() throws Exception {
        try (Edge edge = edge()) {
            two(edge);
            // A folder stands where the file would come to be: as good as a full disk, also for the super-user.
            Path block = state.resolve("active.before.json");
            Files.deleteIfExists(block);
            Files.createDirectories(block.resolve("x"));
            assertEquals("state-unwritable", code(edge.push(edition(3, content(2)))));
            assertEquals(2, edge.revision());
            Files.delete(block.resolve("x"));
            Files.delete(block);
            assertInstanceOf(Outcome.Activated.class, edge.push(edition(3, content(2))));
            assertNotNull(edge.delivery.status().standing().active());
        }
    }
}
