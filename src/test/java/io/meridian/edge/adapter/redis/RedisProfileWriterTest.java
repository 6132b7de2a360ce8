package io.meridian.edge.adapter.redis;

import static io.meridian.edge.adapter.redis.RedisHarness.ANNA;
import static io.meridian.edge.adapter.redis.RedisHarness.OPEN;
import static io.meridian.edge.adapter.redis.RedisHarness.get;
import static io.meridian.edge.adapter.redis.RedisHarness.permission;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.frequency.FrequencyCap;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Exposures;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.core.profile.ProfileWriter.Outcome;
import io.meridian.edge.core.profile.ProfileWriter.Permission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RedisProfileWriterTest extends OnMarkedRedis {
    private static final int CONTENT = Purpose.SELECT_CONTENT.bit();
    private static final int MEASURE = Purpose.MEASURE.bit();
    private static final int EVERY = DataClass.ALL_BITS;
    private final int now = Math.toIntExact(System.currentTimeMillis() / 1000);

    @Test
    void replacingLeavesNothingOfWhatWasThere() {
        assertEquals(
                Outcome.DONE,
                get(redis.writer.replace(redis.contract, ANNA, Map.of("tier", "gold", "sessions_7d", 3L), OPEN)));
        assertEquals(Outcome.DONE, get(redis.writer.replace(redis.contract, ANNA, Map.of("orders_90d", 2L), OPEN)));
        Profile profile = redis.read(redis.direct(EVERY));
        assertEquals(Facts.ABSENT, redis.state(profile, "tier"));
        assertEquals(Facts.ABSENT, redis.state(profile, "sessions_7d"));
        assertEquals(2, profile.facts().longAt(redis.facts.indexOf("profile.orders_90d")));
        assertEquals(1, redis.plain.keys().size() - 1, "besides the mark of the region");
    }

    @Test
    void everyClassIsKeptAsLongAsItsRetention() {
        get(redis.writer.replace(redis.contract, ANNA, Map.of("tier", "gold", "clv_band", "high"), OPEN));
        byte[] prefix = redis.pseudonymiser.prefix(ANNA);
        long transaction =
                (Long) redis.plain.call("TTL", Pseudonymiser.classKey(prefix, DataClass.TRANSACTION.ordinal()));
        long inferred = (Long) redis.plain.call("TTL", Pseudonymiser.classKey(prefix, DataClass.INFERRED.ordinal()));
        assertTrue(Math.abs(transaction - 400 * 86_400) <= 2, () -> "" + transaction);
        assertTrue(Math.abs(inferred - 30 * 86_400) <= 2, () -> "" + inferred);
    }

    @Test
    void aChangeLeavesTheOtherAttributesAlone() {
        get(redis.writer.replace(redis.contract, ANNA, Map.of("tier", "gold", "orders_90d", 2L), OPEN));
        Map<String, Object> change = new HashMap<>();
        change.put("tier", null);
        change.put("currency", "EUR");
        assertEquals(Outcome.DONE, get(redis.writer.change(redis.contract, ANNA, change, OPEN)));
        Profile profile = redis.read(redis.direct(EVERY));
        assertEquals(Facts.ABSENT, redis.state(profile, "tier"));
        assertEquals("EUR", redis.string(profile, "currency"));
        assertEquals(2, profile.facts().longAt(redis.facts.indexOf("profile.orders_90d")));
    }

    @Test
    void concurrentChangesOfDifferentAttributesAllStand() throws InterruptedException {
        String[] names = {
            "orders_90d", "orders_365d", "days_since_order", "store_purchases_365d", "spend_90d", "spend_365d"
        };
        int rounds = 30;
        List<Thread> threads = new ArrayList<>();
        List<Outcome> outcomes = java.util.Collections.synchronizedList(new ArrayList<>());
        for (String name : names) {
            Thread thread = new Thread(() -> {
                for (long i = 1; i <= rounds; i++) {
                    outcomes.add(get(redis.writer.change(redis.contract, ANNA, Map.of(name, i), OPEN)));
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(outcomes.stream().allMatch(Outcome.DONE::equals), outcomes::toString);
        Profile profile = redis.read(redis.direct(EVERY));
        for (String name : names) {
            int slot = redis.facts.indexOf("profile." + name);
            double value = name.startsWith("spend")
                    ? profile.facts().doubleAt(slot)
                    : profile.facts().longAt(slot);
            assertEquals(rounds, value, name);
        }
        assertTrue(redis.counters.retriedWrites() > 0, "they never met: the test shows nothing");
    }

    @Test
    void whatIsNotPermittedIsNotWritten() {
        Permission withoutTransaction = permission(EVERY & ~DataClass.TRANSACTION.bit(), 0, 0, Purpose.ALL_BITS);
        assertEquals(
                Outcome.NOT_PERMITTED,
                get(redis.writer.replace(redis.contract, ANNA, Map.of("tier", "gold"), withoutTransaction)));
        assertEquals(
                Outcome.NOT_PERMITTED,
                get(redis.writer.change(redis.contract, ANNA, Map.of("tier", "gold"), withoutTransaction)));
        Permission ifGiven = permission(EVERY, CONTENT, 0, 0);
        assertEquals(
                Outcome.NOT_PERMITTED, get(redis.writer.change(redis.contract, ANNA, Map.of("tier", "gold"), ifGiven)));
        redis.putConsent(ANNA, new StoredConsent(CONTENT, 0, 0, 1, false));
        assertEquals(Outcome.DONE, get(redis.writer.change(redis.contract, ANNA, Map.of("tier", "gold"), ifGiven)));
        redis.putConsent(ANNA, new StoredConsent(CONTENT, 0, CONTENT, 1, false));
        assertEquals(
                Outcome.NOT_PERMITTED,
                get(redis.writer.replace(redis.contract, ANNA, Map.of("tier", "none"), ifGiven)));
        Map<String, Object> removal = new HashMap<>();
        removal.put("tier", null);
        assertEquals(
                Outcome.DONE,
                get(redis.writer.change(redis.contract, ANNA, removal, ifGiven)),
                "deleting is always permitted");
    }

    @Test
    void aWithdrawalDeletesWhatItCloses() {
        get(redis.writer.replace(redis.contract, ANNA, Map.of("tier", "gold", "sessions_7d", 3L), OPEN));
        get(redis.writer.countImpression(ANNA, "shop#1", "spring-sale", "home-hero", now, OPEN));
        StoredConsent refusal = new StoredConsent(0, 0, CONTENT, 5, false);
        int closed = DataClass.TRANSACTION.bit() | DataClass.EXPOSURE.bit();
        assertEquals(Outcome.DONE, get(redis.writer.storeConsent(ANNA, refusal, closed)));
        Profile profile = redis.read(redis.direct(EVERY));
        assertEquals(refusal, profile.storedConsent());
        assertEquals(DataClass.BEHAVIOUR.bit(), profile.found());
        assertEquals(
                0, redis.plain.keys().stream().filter(key -> key.endsWith(":e")).count());
    }

    @Test
    void erasureLeavesOnlyTheTombstoneAndNothingLateRevivesAnything() {
        get(redis.writer.replace(
                redis.contract, ANNA, Map.of("tier", "gold", "sessions_7d", 3L, "health_interest", true), OPEN));
        get(redis.writer.storeConsent(ANNA, new StoredConsent(CONTENT, 0, 0, 1, false), 0));
        get(redis.writer.countImpression(ANNA, "shop#1", "spring-sale", "home-hero", now, OPEN));
        assertEquals(Outcome.DONE, get(redis.writer.erase(ANNA, 9, 1000)));
        assertEquals(Outcome.DONE, get(redis.writer.erase(ANNA, 9, 1000)), "again");

        assertEquals(Outcome.ERASED, get(redis.writer.countImpression(ANNA, "shop#2", "a", "b", now, OPEN)));
        assertEquals(Outcome.ERASED, get(redis.writer.noteEvent(ANNA, "shop#3", now, OPEN)));
        assertEquals(Outcome.ERASED, get(redis.writer.replace(redis.contract, ANNA, Map.of("tier", "gold"), OPEN)));
        assertEquals(Outcome.ERASED, get(redis.writer.change(redis.contract, ANNA, Map.of("tier", "gold"), OPEN)));
        StoredConsent refusal = new StoredConsent(0, 0, CONTENT, 5, false);
        assertEquals(Outcome.ERASED, get(redis.writer.storeConsent(ANNA, refusal, 0)));

        String consentKey = new String(Pseudonymiser.consentKey(redis.pseudonymiser.prefix(ANNA)));
        assertEquals(List.of(RegionMarker.KEY, consentKey), redis.plain.keys());
        long ttl = (Long) redis.plain.call("TTL", consentKey);
        assertTrue(ttl > 990 && ttl <= 1000, () -> "" + ttl);

        StoredConsent agreed = new StoredConsent(CONTENT, 0, 0, 10, false);
        assertEquals(Outcome.DONE, get(redis.writer.storeConsent(ANNA, agreed, 0)));
        assertEquals(-1L, redis.plain.call("TTL", consentKey));
        assertEquals(agreed, redis.read(redis.direct(EVERY)).storedConsent());
    }

    @Test
    void anImpressionCountsOnce() {
        assertEquals(Outcome.DONE, count("shop#1", "spring-sale", "home-hero", now));
        assertEquals(Outcome.DUPLICATE, count("shop#1", "spring-sale", "home-hero", now));
        assertEquals(Outcome.DONE, count("shop#2", "spring-sale", "home-hero", now - 10));
        assertEquals(Outcome.DONE, count("shop#3", "spring-sale", "cart", now - 20));
        assertEquals(Outcome.DONE, get(redis.writer.noteEvent(ANNA, "shop#4", now, OPEN)));
        assertEquals(Outcome.DUPLICATE, get(redis.writer.noteEvent(ANNA, "shop#4", now, OPEN)));
        assertEquals(Outcome.DONE, count("shop#5", "old", "cart", now - FrequencyCap.MAX_WINDOW_SECONDS - 5));
        Exposures seen = redis.read(redis.direct(DataClass.EXPOSURE.bit())).exposures();
        assertEquals(2, seen.entries());
        assertEquals(3, seen.count("spring-sale", null, 0));
        assertEquals(2, seen.count("spring-sale", "home-hero", 0));
        assertEquals(1, seen.count("spring-sale", "home-hero", now - 10));
    }

    @Test
    void concurrentImpressionsAreAllCountedAndDuplicatesOnce() {
        List<CompletionStage<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            outcomes.add(redis.writer.countImpression(ANNA, "shop#" + i % 20, "spring-sale", "home-hero", now, OPEN));
        }
        long duplicates = outcomes.stream()
                .filter(stage -> get(stage) == Outcome.DUPLICATE)
                .count();
        assertEquals(20, duplicates);
        assertEquals(20, redis.read(redis.direct(EVERY)).exposures().count("spring-sale", null, 0));
    }

    @Test
    void countersAreBounded() {
        for (int i = 0; i < Exposures.MAX_TIMES + 5; i++) {
            count("time#" + i, "often", "home-hero", now - i);
        }
        for (int i = 0; i < Exposures.MAX_ENTRIES + 5; i++) {
            count("entry#" + i, "offer-" + i, "home-hero", now - 1000 + i);
        }
        for (int i = 0; i < Scripts.MAX_EVENTS; i++) {
            get(redis.writer.noteEvent(ANNA, "note#" + i, now, OPEN));
        }
        Exposures seen = redis.read(redis.direct(EVERY)).exposures();
        assertEquals(Exposures.MAX_ENTRIES, seen.entries());
        assertEquals(Exposures.MAX_TIMES, seen.count("often", null, 0));
        assertEquals(0, seen.count("offer-0", null, 0), "the longest unseen is forgotten");
        assertEquals(1, seen.count("offer-" + (Exposures.MAX_ENTRIES + 4), null, 0));
        byte[] prefix = redis.pseudonymiser.prefix(ANNA);
        assertEquals((long) Scripts.MAX_EVENTS, redis.plain.call("ZCARD", Pseudonymiser.eventsKey(prefix)));
        assertTrue((Long) redis.plain.call("TTL", Pseudonymiser.eventsKey(prefix)) > 0);
        assertTrue((Long) redis.plain.call("TTL", Pseudonymiser.classKey(prefix, DataClass.EXPOSURE.ordinal())) > 0);
    }

    @Test
    void impressionsGoByTheStoredConsent() {
        Permission ifGiven = permission(DataClass.EXPOSURE.bit(), MEASURE, 0, 0);
        assertEquals(Outcome.NOT_PERMITTED, get(redis.writer.countImpression(ANNA, "e", "a", "b", now, ifGiven)));
        redis.putConsent(ANNA, new StoredConsent(MEASURE, 0, 0, 1, false));
        assertEquals(Outcome.DONE, get(redis.writer.countImpression(ANNA, "e", "a", "b", now, ifGiven)));
        redis.putConsent(ANNA, new StoredConsent(0, 0, MEASURE, 1, false));
        Permission unlessRefused = permission(DataClass.EXPOSURE.bit(), 0, 0, MEASURE);
        assertEquals(Outcome.NOT_PERMITTED, get(redis.writer.countImpression(ANNA, "f", "a", "b", now, unlessRefused)));
        Permission none = permission(0, MEASURE, MEASURE, MEASURE);
        assertEquals(Outcome.NOT_PERMITTED, get(redis.writer.countImpression(ANNA, "f", "a", "b", now, none)));
    }

    @Test
    void damagedCountersAreBegunAnewAndADamagedProfileIsMendedByAReplacementOnly() {
        byte[] prefix = redis.pseudonymiser.prefix(ANNA);
        redis.plain.call("SET", Pseudonymiser.classKey(prefix, DataClass.EXPOSURE.ordinal()), "nonsense");
        redis.plain.call("SET", Pseudonymiser.classKey(prefix, DataClass.TRANSACTION.ordinal()), "nonsense");
        assertEquals(Outcome.DONE, count("shop#1", "a", "b", now));
        long before = redis.counters.damagedChanges();
        assertEquals(Outcome.DAMAGED, get(redis.writer.change(redis.contract, ANNA, Map.of("tier", "gold"), OPEN)));
        assertEquals(before + 1, redis.counters.damagedChanges());
        assertArrayEquals(
                "nonsense".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                redis.plain.get(Pseudonymiser.classKey(prefix, DataClass.TRANSACTION.ordinal())),
                "nothing is lost silently");
        assertEquals(Outcome.DONE, get(redis.writer.replace(redis.contract, ANNA, Map.of("tier", "gold"), OPEN)));
        Profile profile = redis.read(redis.direct(EVERY));
        assertEquals(Profile.Status.OK, profile.status());
        assertEquals(1, profile.exposures().count("a", "b", 0));
    }

    @Test
    void takingValuesAwayDoesNotKeepTheOthersLonger() {
        get(redis.writer.replace(
                redis.contract, ANNA, Map.of("tier", "gold", "currency", "EUR", "clv_band", "high"), OPEN));
        byte[] prefix = redis.pseudonymiser.prefix(ANNA);
        byte[] transaction = Pseudonymiser.classKey(prefix, DataClass.TRANSACTION.ordinal());
        byte[] inferred = Pseudonymiser.classKey(prefix, DataClass.INFERRED.ordinal());
        redis.plain.call("EXPIRE", transaction, "1000");
        redis.plain.call("EXPIRE", inferred, "1000");
        Map<String, Object> change = new HashMap<>();
        change.put("tier", null);
        change.put("clv_band", "low");
        assertEquals(Outcome.DONE, get(redis.writer.change(redis.contract, ANNA, change, OPEN)));
        assertEquals("EUR", redis.string(redis.read(redis.direct(EVERY)), "currency"));
        long left = (Long) redis.plain.call("TTL", transaction);
        assertTrue(left > 990 && left <= 1000, () -> "" + left);
        assertTrue((Long) redis.plain.call("TTL", inferred) > 1000, "what is written again is kept anew");
    }

    @Test
    void aChangeAmongManyEndsInTime() {
        get(redis.writer.replace(redis.contract, ANNA, Map.of("tier", "gold"), OPEN));
        byte[] key = Pseudonymiser.classKey(redis.pseudonymiser.prefix(ANNA), DataClass.TRANSACTION.ordinal());
        long before = redis.counters.exhaustedWrites();
        long started = System.nanoTime();
        redis.wire.delay(60);
        try {
            var outcome = redis.writer
                    .change(redis.contract, ANNA, Map.of("orders_90d", 1L), OPEN)
                    .toCompletableFuture();
            for (int i = 0; !outcome.isDone() && System.nanoTime() - started < 8_000_000_000L; i++) {
                redis.plain.call(
                        "SET", key, redis.encoder.encode(DataClass.TRANSACTION, Map.of("orders_365d", (long) i)));
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
            assertEquals(Outcome.UNAVAILABLE, get(outcome));
        } finally {
            redis.wire.delay(0);
        }
        long millis = (System.nanoTime() - started) / 1_000_000;
        assertTrue(millis < 3000, () -> millis + " ms");
        assertEquals(before + 1, redis.counters.exhaustedWrites());
    }

    @Test
    void aValueOfALaterContractSurvivesAChange() {
        byte[] key = Pseudonymiser.classKey(redis.pseudonymiser.prefix(ANNA), DataClass.INFERRED.ordinal());
        redis.plain.call("SET", key, new byte[] {(byte) 0x95, 1, (byte) 0xc0, (byte) 0xc0, (byte) 0xc0, 7});
        get(redis.writer.change(redis.contract, ANNA, Map.of("clv_band", "low"), OPEN));
        assertArrayEquals(
                new byte[] {(byte) 0x95, 1, (byte) 0xa3, 'l', 'o', 'w', (byte) 0xc0, (byte) 0xc0, 7},
                redis.plain.get(key));
        assertEquals("low", redis.string(redis.read(redis.direct(EVERY)), "clv_band"));
    }

    @Test
    void scriptsRedisHasForgottenAreGivenBack() {
        redis.plain.call("SCRIPT", "FLUSH");
        assertEquals(Outcome.DONE, get(redis.writer.replace(redis.contract, ANNA, Map.of("tier", "gold"), OPEN)));
        redis.plain.call("SCRIPT", "FLUSH");
        Profile first = redis.read(redis.silent(EVERY, 0, 0, CONTENT));
        assertEquals(Profile.Status.UNAVAILABLE, first.status());
        RedisHarness.await(
                "script", () -> redis.read(redis.silent(EVERY, 0, 0, CONTENT)).status() == Profile.Status.OK);
    }

    @Test
    void outcomesComeBackOnTheCallersContext() {
        java.util.concurrent.CompletableFuture<Boolean> same = new java.util.concurrent.CompletableFuture<>();
        io.vertx.core.Context context = redis.vertx.getOrCreateContext();
        context.runOnContext(ignored -> redis.writer
                .replace(redis.contract, ANNA, Map.of("tier", "gold"), OPEN)
                .whenComplete((outcome, failure) -> same.complete(io.vertx.core.Vertx.currentContext() == context)));
        assertTrue(get(same));
        assertNotNull(redis.plain.get(
                Pseudonymiser.classKey(redis.pseudonymiser.prefix(ANNA), DataClass.TRANSACTION.ordinal())));
        assertNull(redis.read(redis.direct(EVERY)).storedConsent());
    }

    private Outcome count(String event, String offer, String placement, int at) {
        return get(redis.writer.countImpression(ANNA, event, offer, placement, at, OPEN));
    }
}
