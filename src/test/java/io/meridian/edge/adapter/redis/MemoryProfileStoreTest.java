package io.meridian.edge.adapter.redis;

import static io.meridian.edge.adapter.redis.RedisHarness.ANNA;
import static io.meridian.edge.adapter.redis.RedisHarness.OPEN;
import static io.meridian.edge.adapter.redis.RedisHarness.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.redis.MemoryProfileStore.Impression;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.profile.AttributeContract.Attribute;
import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.core.profile.ReadPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The store in memory tells what Redis tells, for whatever is stored and asked for. */
class MemoryProfileStoreTest extends OnMarkedRedis {
    private static final int ROUNDS = 400;
    private static final int NOW = (int) (System.currentTimeMillis() / 1000);
    private static final List<String> OFFERS = List.of("black-week", "ski-season", "outlet");
    private static final List<String> PLACEMENTS = List.of("home-hero", "app-inbox");

    @Test
    void tellsWhatRedisTells() {
        for (int round = 0; round < ROUNDS; round++) {
            SplittableRandom random = new SplittableRandom(round);
            Map<String, Object> values = values(random);
            StoredConsent consent = consent(random);
            List<Impression> impressions = impressions(random);
            redis.clear();
            redis.put(ANNA, values);
            for (int i = 0; i < impressions.size(); i++) {
                Impression seen = impressions.get(i);
                get(redis.writer.countImpression(
                        ANNA, "event#" + i, seen.offer(), seen.placement(), seen.epochSecond(), OPEN));
            }
            if (consent != null) {
                redis.putConsent(ANNA, consent);
            }
            ReadPlan plan = plan(random);
            MemoryProfileStore memory = new MemoryProfileStore(redis.contract);
            memory.hold(values, consent, impressions);
            assertSame(redis.read(plan), read(memory, plan), "round " + round);
        }
    }

    @Test
    void tellsNobodyBeforeTheReadHasReturned() {
        MemoryProfileStore memory = new MemoryProfileStore(redis.contract);
        memory.hold(Map.of("tier", "gold"), null, List.of());
        boolean[] told = new boolean[1];
        memory.read(redis.direct(DataClass.ALL_BITS), new Profile(facts()), 1, profile -> told[0] = true);
        assertFalse(told[0]);
        memory.answer();
        assertTrue(told[0]);
    }

    @Test
    void whatTheContractDoesNotHaveIsNotStored() {
        MemoryProfileStore memory = new MemoryProfileStore(redis.contract);
        memory.hold(Map.of("tier", "diamond", "orders_90d", "three", "shoe_size", 42L), null, List.of());
        Profile profile = read(memory, redis.direct(DataClass.TRANSACTION.bit()));
        assertEquals(Profile.Status.OK, profile.status());
        assertEquals(Facts.ABSENT, redis.state(profile, "tier"));
        assertEquals(0, profile.found());
    }

    private static Facts facts() {
        Facts facts = new Facts(redis.facts);
        facts.show(DataClass.ALL_BITS);
        return facts;
    }

    private static Profile read(MemoryProfileStore memory, ReadPlan plan) {
        Profile into = new Profile(facts());
        memory.read(plan, into, 1, profile -> {});
        memory.answer();
        return into;
    }

    private static void assertSame(Profile expected, Profile got, String round) {
        assertEquals(expected.status(), got.status(), round);
        assertEquals(expected.storedConsent(), got.storedConsent(), round);
        assertEquals(expected.found(), got.found(), round);
        for (int slot = 0; slot < redis.facts.size(); slot++) {
            String where = round + ", " + redis.facts.slot(slot).name();
            assertEquals(expected.facts().state(slot), got.facts().state(slot), where);
            if (expected.facts().state(slot) == Facts.PRESENT) {
                assertEquals(value(expected.facts(), slot), value(got.facts(), slot), where);
            }
        }
        assertEquals(expected.exposures().known(), got.exposures().known(), round);
        for (String offer : OFFERS) {
            for (String placement : PLACEMENTS) {
                for (int after = NOW - 60; after < NOW; after += 10) {
                    assertEquals(
                            expected.exposures().count(offer, placement, after),
                            got.exposures().count(offer, placement, after),
                            round);
                }
            }
        }
    }

    private static Object value(Facts facts, int slot) {
        return switch (facts.layout().slot(slot).type()) {
            case BOOL -> facts.boolAt(slot);
            case INT -> facts.longAt(slot);
            case DOUBLE -> facts.doubleAt(slot);
            case STRING -> facts.stringAt(slot);
            case STRINGS -> List.of(facts.stringsAt(slot));
        };
    }

    private static Map<String, Object> values(SplittableRandom random) {
        Map<String, Object> values = new HashMap<>();
        for (Attribute attribute : redis.contract.attributes()) {
            if (random.nextBoolean()) {
                values.put(attribute.name(), value(attribute, random));
            }
        }
        return values;
    }

    private static Object value(Attribute attribute, SplittableRandom random) {
        return switch (attribute.type()) {
            case BOOL -> random.nextBoolean();
            case INT -> random.nextLong(-1_000, 1_000_000);
            case DOUBLE -> random.nextDouble() * 1000;
            case STRING ->
                attribute.values().isEmpty()
                        ? "å" + random.nextInt(100)
                        : attribute
                                .values()
                                .get(random.nextInt(attribute.values().size()));
            case STRINGS -> List.of("outdoor", "w" + random.nextInt(10));
        };
    }

    private static StoredConsent consent(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> StoredConsent.tombstone(5);
            default -> {
                int explicit = mask(random);
                yield new StoredConsent(mask(random) | explicit, explicit, mask(random), 5, false);
            }
        };
    }

    private static List<Impression> impressions(SplittableRandom random) {
        List<Impression> impressions = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            impressions.add(new Impression(
                    OFFERS.get(random.nextInt(OFFERS.size())),
                    PLACEMENTS.get(random.nextInt(PLACEMENTS.size())),
                    NOW - i * 7));
        }
        return impressions;
    }

    private static ReadPlan plan(SplittableRandom random) {
        int classes = 1 + random.nextInt(DataClass.ALL_BITS);
        int silent = random.nextBoolean() ? 0 : classes & random.nextInt(DataClass.ALL_BITS + 1);
        int[] given = masks(random);
        int[] explicit = masks(random);
        int[] unless = masks(random);
        return new ReadPlan(ANNA, redis.layout, classes, silent, given, explicit, unless);
    }

    private static int[] masks(SplittableRandom random) {
        int[] masks = new int[DataClass.count()];
        for (int i = 0; i < masks.length; i++) {
            masks[i] = mask(random);
        }
        return masks;
    }

    /** Mostly a few purposes. */
    private static int mask(SplittableRandom random) {
        return random.nextInt(Purpose.ALL_BITS + 1) & random.nextInt(Purpose.ALL_BITS + 1);
    }
}
