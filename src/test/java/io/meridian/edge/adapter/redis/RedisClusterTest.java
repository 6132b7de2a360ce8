package io.meridian.edge.adapter.redis;

import static io.meridian.edge.adapter.redis.RedisHarness.get;
import static io.meridian.edge.adapter.redis.RedisInstance.customer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.Profile.Status;
import io.meridian.edge.core.profile.ProfileRecord;
import io.meridian.edge.core.profile.ProfileWriter.Outcome;
import io.meridian.edge.testing.PlainRedis;
import io.meridian.edge.testing.RedisCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real cluster: where subjects live, slots that move, masters that fail. Each test leaves the cluster healthy. */
@Timeout(240)
class RedisClusterTest {
    private static final int SUBJECTS = 60;

    private static RedisCluster cluster;
    private static RedisInstance service;

    @BeforeAll
    static void start() {
        cluster = new RedisCluster();
        RedisSettings settings = RedisSettings.of(new RedisGiven(
                cluster.urls(), "cluster", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        assertEquals(RegionMarker.Marking.MARKED, RedisInstance.mark(settings));
        assertEquals(RegionMarker.Marking.STOOD, RedisInstance.mark(settings));
        service = new RedisInstance(settings);
        RedisCluster.await("connections", () -> service.store.ready() && service.writer.ready());
    }

    @AfterAll
    static void end() {
        service.close();
        cluster.close();
    }

    private static byte[] prefix(SubjectId subject) {
        return service.pseudonymiser.prefix(subject);
    }

    private static int slot(SubjectId subject) {
        return Slots.of(prefix(subject));
    }

    private static boolean allRead() {
        for (int i = 0; i < SUBJECTS; i++) {
            if (!service.tier(customer(i)).equals("tier" + i)) {
                return false;
            }
        }
        return true;
    }

    private static void storeAll() {
        for (int i = 0; i < SUBJECTS; i++) {
            assertEquals(Outcome.DONE, service.write(customer(i), "tier" + i));
        }
    }

    /** The service's settings, but it looks where the masters are only so often, milliseconds. */
    private static RedisSettings looking(int millis) {
        RedisSettings usual = service.settings;
        return new RedisSettings(usual.access(), usual.maxInFlight(), 1000, 50, 500, 1000, millis, usual.writeMillis());
    }

    /** A subject of this master, one of its own for each test that changes more than the tier. */
    private static SubjectId subjectAt(int master, int from) {
        for (int i = from; i < from + SUBJECTS; i++) {
            if (cluster.masterOf(slot(customer(i)), 1) == master) {
                return customer(i);
            }
        }
        throw new AssertionError("nobody lives at " + master);
    }

    @Test
    void slotsAreThoseOfRedis() {
        for (int i = 0; i < SUBJECTS; i++) {
            byte[] key = Pseudonymiser.consentKey(prefix(customer(i)));
            assertEquals((Long) cluster.call(1, "CLUSTER", "KEYSLOT", key), Slots.of(key));
            assertEquals(slot(customer(i)), Slots.of(key));
        }
        for (int slot = 0; slot < Slots.COUNT; slot += 911) {
            assertEquals((long) slot, cluster.call(1, "CLUSTER", "KEYSLOT", RegionMarker.key(slot)));
        }
    }

    @Test
    void everySubjectIsFoundWhereverItLivesAndLoadedInBulk() throws ProfileLoader.LoadFailed {
        List<ProfileRecord> records = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            records.add(new ProfileRecord(customer(5000 + i), Map.of("tier", "t" + i), null));
        }
        try (ProfileLoader loader = new ProfileLoader(
                service.vertx,
                service.settings,
                RedisInstance.MARKER,
                service.pseudonymiser,
                RedisInstance.CONTRACT,
                new RedisCounters())) {
            assertEquals(1000, loader.load(records.iterator()).loaded());
        }
        for (int i = 0; i < 1000; i += 17) {
            assertEquals("t" + i, service.tier(customer(5000 + i)));
        }
        storeAll();
        assertTrue(allRead());
    }

    @Test
    void aSlotThatMovesIsFollowed() {
        SubjectId anna = customer(900);
        assertEquals(Outcome.DONE, service.write(anna, "gold"));
        StoredConsent consent = new StoredConsent(Purpose.ALL_BITS, 0, 0, 1, false);
        assertEquals(Outcome.DONE, get(service.writer.storeConsent(anna, consent, 0)));
        int slot = slot(anna);
        int from = cluster.masterOf(slot, 1);
        int to = (0 == from) ? cluster.masterOf(Slots.COUNT - 1, 1) : cluster.masterOf(0, 1);
        to = to == from ? cluster.masterOf(Slots.COUNT / 2, 1) : to;
        cluster.call(to, "CLUSTER", "SETSLOT", slot, "IMPORTING", cluster.id(from));
        cluster.call(from, "CLUSTER", "SETSLOT", slot, "MIGRATING", cluster.id(to));
        assertEquals("gold", service.tier(anna), "what has not moved yet is answered where it is");
        long redirected = service.counters.redirected();
        List<?> keys = (List<?>) cluster.call(from, "CLUSTER", "GETKEYSINSLOT", slot, 1000);
        for (Object key : keys) {
            cluster.call(from, "MIGRATE", "127.0.0.1", cluster.port(to), key, 0, 5000);
        }
        assertEquals("gold", service.tier(anna), "ASK");
        assertEquals(Outcome.DONE, get(service.writer.storeConsent(anna, consent, 0)), "ASK");
        assertTrue(service.counters.redirected() > redirected);
        redirected = service.counters.redirected();
        for (int node : new int[] {to, from}) {
            cluster.call(node, "CLUSTER", "SETSLOT", slot, "NODE", cluster.id(to));
        }
        assertEquals("gold", service.tier(anna), "MOVED");
        assertEquals(Outcome.DONE, service.write(anna, "gold"), "MOVED");
        assertTrue(service.counters.redirected() > redirected);
        RedisCluster.await("a table that knows", () -> {
            long before = service.counters.redirected();
            boolean same =
                    service.tier(anna).equals("gold") && service.tier(anna).equals("gold");
            return same && service.counters.redirected() == before;
        });
    }

    @Test
    void aSlotThatCameWithoutItsDataIsNotReadUntilItIsMarked() {
        SubjectId bob = customer(901);
        int slot = slot(bob);
        assertEquals(Outcome.DONE, service.write(bob, "gold"));
        int from = cluster.masterOf(slot, 1);
        int to = from == cluster.masterOf(0, 1) ? cluster.masterOf(Slots.COUNT - 1, 1) : cluster.masterOf(0, 1);
        try (RedisInstance unaware = new RedisInstance(looking(60_000))) {
            unaware.awaitReady();
            for (Object key : (List<?>) cluster.call(from, "CLUSTER", "GETKEYSINSLOT", slot, 1000)) {
                cluster.call(from, "DEL", key);
            }
            cluster.call(to, "CLUSTER", "SETSLOT", slot, "IMPORTING", cluster.id(from));
            for (int node : new int[] {to, from}) {
                cluster.call(node, "CLUSTER", "SETSLOT", slot, "NODE", cluster.id(to));
            }
            StoredConsent consent = new StoredConsent(Purpose.ALL_BITS, 0, 0, 1, false);
            assertEquals(Outcome.UNAVAILABLE, get(unaware.writer.storeConsent(bob, consent, 0)));
            assertTrue(unaware.counters.redirected() > 0, "sent by a table that was no longer true");
            assertEquals(0L, cluster.call(to, "CLUSTER", "COUNTKEYSINSLOT", slot), "nothing is written there");
        }
        RedisCluster.await("no reading", () -> service.status(bob) == Status.REGION_UNMARKED);
        RedisCluster.await("to be seen", () -> service.counters.shareUnmarked() > 0);
        assertEquals(Outcome.DONE, service.write(customer(0), "tier0"));
        assertEquals("tier0", service.tier(customer(0)), "others are read as before");
        RedisCluster.await("agreement", () -> cluster.masterOf(slot, 1) == to && cluster.masterOf(slot, 3) == to);
        assertEquals(RegionMarker.Marking.MARKED, RedisInstance.mark(service.settings));
        RedisCluster.await("reading", () -> service.status(bob) == Status.OK);
        RedisCluster.await("no longer to be seen", () -> service.counters.shareUnmarked() == 0);
    }

    @Test
    void marksAreFoundBehindManySlotsThatHaveNone() {
        int without = MarkSearch.AT_ONCE * (MarkSearch.MAX_BARREN + 1);
        int master = cluster.masterOf(0, 1);
        try (PlainRedis plain = new PlainRedis(cluster.port(master))) {
            for (int slot = 0; slot < without; slot++) {
                forget(plain, slot);
            }
        }
        SubjectId unmarked = subjectOf(1, without);
        SubjectId marked = subjectOf(without, without + MarkSearch.AT_ONCE);
        try (RedisInstance fresh = new RedisInstance(service.settings)) {
            RedisCluster.await("the mark of a high slot", () -> fresh.status(marked) == Status.OK);
            assertEquals(Status.REGION_UNMARKED, fresh.status(unmarked));
            assertEquals(RegionMarker.Marking.MARKED, RedisInstance.mark(service.settings));
            RedisCluster.await("all marks", fresh.store::ready);
            assertEquals(Status.OK, fresh.status(unmarked));
        }
        RedisCluster.await("connections", () -> service.store.ready() && service.writer.ready());
    }

    /** Removes the mark of a slot, unless the slot has gone elsewhere. */
    private static void forget(PlainRedis plain, int slot) {
        try {
            plain.call("DEL", RegionMarker.key(slot));
        } catch (PlainRedis.RedisError e) {
            assertTrue(e.getMessage().startsWith("MOVED"), e.getMessage());
        }
    }

    /** A subject of one of these slots. */
    private static SubjectId subjectOf(int from, int until) {
        int number = 10_000;
        while (slot(customer(number)) < from || slot(customer(number)) >= until) {
            number++;
        }
        return customer(number);
    }

    @Test
    void afterItsEndItIsUnavailableAndSaysNothingOfMarks() {
        RedisInstance ended = new RedisInstance(service.settings);
        try {
            ended.awaitReady();
            ended.store.close();
            RedisCluster.await("the end", () -> ended.status(customer(1)) != Status.OK);
            assertEquals(Status.UNAVAILABLE, ended.status(customer(1)));
        } finally {
            ended.close();
        }
    }

    @Test
    void aReplicaTakesOverFromADeadMasterAndNothingThatWasWithdrawnIsForgotten() {
        int master = cluster.masterOf(slot(customer(3)), 1);
        SubjectId hurt = subjectAt(master, 2000);
        int other = cluster.masterOf(0, 1) == master ? cluster.masterOf(Slots.COUNT - 1, 1) : cluster.masterOf(0, 1);
        SubjectId unhurt = subjectAt(other, 0);
        StoredConsent refusal = new StoredConsent(0, 0, Purpose.ALL_BITS, System.currentTimeMillis(), false);
        assertEquals(Outcome.DONE, get(service.writer.storeConsent(hurt, refusal, DataClass.TRANSACTION.bit())));
        cluster.node(master).kill();
        RedisCluster.await("degradation", () -> service.status(hurt) != Status.OK);
        assertEquals(Status.OK, service.status(unhurt), "one dead shard does not hurt the others");
        RedisCluster.await("fail-over", () -> service.status(hurt) == Status.OK);
        assertEquals(refusal, service.consent(hurt));
        RedisCluster.await("changes", () -> service.write(customer(902), "gold") == Outcome.DONE);
        cluster.node(master).start();
        cluster.awaitReplicas();
        RedisCluster.await("connections", () -> service.store.ready() && service.writer.ready());
    }

    @Test
    void aFrozenMasterIsGivenUpAndTheOthersAreReadMeanwhile() {
        int master = cluster.masterOf(slot(customer(7)), 1);
        SubjectId hurt = subjectAt(master, 0);
        int other = cluster.masterOf(0, 1) == master ? cluster.masterOf(Slots.COUNT - 1, 1) : cluster.masterOf(0, 1);
        SubjectId unhurt = subjectAt(other, 0);
        cluster.node(master).freeze();
        try {
            RedisCluster.await(
                    "refusals at once",
                    () -> service.read(hurt, DataClass.TRANSACTION.bit(), 50).status() == Status.UNAVAILABLE);
            assertEquals(Status.OK, service.status(unhurt), "one frozen shard does not hurt the others");
            RedisCluster.await("fail-over", () -> service.status(hurt) == Status.OK);
        } finally {
            cluster.node(master).thaw();
        }
        cluster.awaitReplicas();
        RedisCluster.await("connections", () -> service.store.ready() && service.writer.ready());
    }
}
