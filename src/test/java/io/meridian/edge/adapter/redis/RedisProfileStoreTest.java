package io.meridian.edge.adapter.redis;

import static io.meridian.edge.adapter.redis.RedisHarness.ANNA;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.profile.Profile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisProfileStoreTest extends OnMarkedRedis {
    private static final int TRANSACTION = DataClass.TRANSACTION.bit();
    private static final int BEHAVIOUR = DataClass.BEHAVIOUR.bit();
    private static final int CONTENT = Purpose.SELECT_CONTENT.bit();
    private static final int MEASURE = Purpose.MEASURE.bit();

    @BeforeEach
    void fill() {
        redis.put(
                ANNA,
                Map.of(
                        "tier",
                        "gold",
                        "spend_365d",
                        812.5,
                        "spend_90d",
                        100.0,
                        "orders_90d",
                        3L,
                        "loyalty_member",
                        true,
                        "sessions_7d",
                        4L,
                        "favourite_categories",
                        List.of("outdoor", "travel")));
    }

    @Test
    void aDirectReadIsOneCommandAndBringsWhatIsAskedForOnly() {
        int before = redis.wire.subjectCommands().size();
        Profile profile = redis.read(redis.direct(TRANSACTION | DataClass.PREFERENCE.bit() | DataClass.INFERRED.bit()));

        assertEquals(Profile.Status.OK, profile.status());
        assertEquals("gold", redis.string(profile, "tier"));
        assertEquals(812.5, profile.facts().doubleAt(redis.facts.indexOf("profile.spend_365d")));
        assertEquals(100.0, profile.facts().doubleAt(redis.facts.indexOf("profile.spend_90d")));
        assertEquals(3, profile.facts().longAt(redis.facts.indexOf("profile.orders_90d")));
        assertArrayEquals(
                new String[] {"outdoor", "travel"},
                profile.facts().stringsAt(redis.facts.indexOf("profile.favourite_categories")));
        assertEquals(Facts.ABSENT, redis.state(profile, "return_rate"), "read, and there is none");
        assertEquals(Facts.ABSENT, redis.state(profile, "store_purchases_365d"), "beyond the stored array");
        assertEquals(Facts.ABSENT, redis.state(profile, "clv_band"), "its class has no value");
        assertEquals(Facts.UNKNOWN, redis.state(profile, "sessions_7d"), "its class was not asked for");
        assertEquals(TRANSACTION | DataClass.PREFERENCE.bit(), profile.found());
        assertNull(profile.storedConsent());
        List<String> commands = redis.wire.subjectCommands();
        assertEquals(before + 1, commands.size());
        assertTrue(commands.get(before).startsWith("MGET "), commands.get(before));
    }

    @Test
    void aValueOfTheContractIsTheSameObjectEachTime() {
        String first = redis.string(redis.read(redis.direct(TRANSACTION)), "tier");
        assertSame(first, redis.string(redis.read(redis.direct(TRANSACTION)), "tier"));
        assertSame(
                redis.layout.strings().stream()
                        .filter("gold"::equals)
                        .findFirst()
                        .orElseThrow(),
                first);
    }

    @Test
    void aSilentReadIsOneCommandAndGoesByTheStoredConsent() {
        StoredConsent given = new StoredConsent(CONTENT, 0, 0, 1, false);
        StoredConsent explicit = new StoredConsent(CONTENT, CONTENT, 0, 1, false);
        StoredConsent refused = new StoredConsent(CONTENT, CONTENT, CONTENT, 1, false);

        assertSilent(Facts.UNKNOWN, null, CONTENT, 0, 0);
        assertSilent(Facts.PRESENT, given, CONTENT, 0, 0);
        assertSilent(Facts.UNKNOWN, refused, CONTENT, 0, 0);
        assertSilent(Facts.UNKNOWN, given, MEASURE, 0, 0);

        assertSilent(Facts.UNKNOWN, given, 0, CONTENT, 0);
        assertSilent(Facts.PRESENT, explicit, 0, CONTENT, 0);
        assertSilent(Facts.UNKNOWN, refused, 0, CONTENT, 0);

        assertSilent(Facts.PRESENT, null, 0, 0, CONTENT);
        assertSilent(Facts.PRESENT, given, 0, 0, CONTENT);
        assertSilent(Facts.UNKNOWN, refused, 0, 0, CONTENT);
        assertSilent(Facts.PRESENT, refused, 0, 0, CONTENT | MEASURE);

        assertSilent(Facts.UNKNOWN, StoredConsent.tombstone(1), CONTENT, CONTENT, CONTENT);
    }

    private void assertSilent(byte expected, StoredConsent stored, int ifGiven, int ifExplicit, int unlessRefused) {
        if (stored == null) {
            redis.plain.call("DEL", Pseudonymiser.consentKey(redis.pseudonymiser.prefix(ANNA)));
        } else {
            redis.putConsent(ANNA, stored);
        }
        int before = redis.wire.subjectCommands().size();
        Profile profile = redis.read(redis.silent(TRANSACTION, ifGiven, ifExplicit, unlessRefused));
        assertEquals(Profile.Status.OK, profile.status());
        assertEquals(expected, redis.state(profile, "tier"));
        assertEquals(stored, profile.storedConsent());
        List<String> commands = redis.wire.subjectCommands();
        assertEquals(before + 1, commands.size());
        assertTrue(commands.get(before).startsWith("EVALSHA "), commands.get(before));
    }

    @Test
    void aClassAboutWhichTheSignalsSpokeComesWithASilentOne() {
        int[] none = RedisHarness.each(0);
        Profile profile = redis.read(new io.meridian.edge.core.profile.ReadPlan(
                ANNA, redis.layout, TRANSACTION | BEHAVIOUR, BEHAVIOUR, none, none, none));
        assertEquals(Facts.PRESENT, redis.state(profile, "tier"));
        assertEquals(Facts.UNKNOWN, redis.state(profile, "sessions_7d"));
    }

    @Test
    void aStoredRefusalComesWithADirectRead() {
        StoredConsent refused = new StoredConsent(0, 0, CONTENT, 7, false);
        redis.putConsent(ANNA, refused);
        assertEquals(refused, redis.read(redis.direct(TRANSACTION)).storedConsent());
    }

    @Test
    void nothingComesBesidesATombstone() {
        redis.putConsent(ANNA, StoredConsent.tombstone(7));
        Profile profile = redis.read(redis.direct(TRANSACTION));
        assertEquals(Profile.Status.OK, profile.status());
        assertEquals(StoredConsent.tombstone(7), profile.storedConsent());
        assertEquals(Facts.UNKNOWN, redis.state(profile, "tier"));
    }

    @Test
    void countersThatWereReadAreKnownEvenIfThereAreNone() {
        assertTrue(
                redis.read(redis.direct(DataClass.EXPOSURE.bit())).exposures().known());
        assertFalse(redis.read(redis.direct(TRANSACTION)).exposures().known());
    }

    @Test
    void keyNamesHoldNothingOfThePersonOrTheAttributes() {
        redis.putConsent(ANNA, StoredConsent.tombstone(7));
        for (String key : redis.plain.keys()) {
            assertTrue(
                    key.equals(RegionMarker.KEY) || key.matches("\\{1[A-Za-z0-9_-]{22}}:[a-z]{1,2}"),
                    () -> "unexpected key " + key);
        }
    }

    @Test
    void whatCannotBeUnderstoodLeavesNothingBehind() {
        byte[][] hostile = {
            "hello".getBytes(StandardCharsets.US_ASCII),
            {},
            {(byte) 0xdd, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1},
            {(byte) 0x92, 2, (byte) 0xa1, 'x'},
            {(byte) 0x92, 1, 5},
            {(byte) 0x92, 1, (byte) 0xdb, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            {(byte) 0x93, 1, (byte) 0xa4, 'g', 'o', 'l', 'd', (byte) 0xcf, -1, -1, -1, -1, -1, -1, -1, -1},
        };
        byte[] key = Pseudonymiser.classKey(redis.pseudonymiser.prefix(ANNA), DataClass.TRANSACTION.ordinal());
        for (byte[] value : hostile) {
            redis.plain.call("SET", key, value);
            Profile profile = redis.read(redis.direct(DataClass.IDENTITY.bit() | TRANSACTION));
            assertEquals(Profile.Status.MALFORMED, profile.status());
            assertEquals(Facts.UNKNOWN, redis.state(profile, "tier"));
            assertEquals(Facts.UNKNOWN, redis.state(profile, "loyalty_member"));
            assertEquals(0, profile.found());
        }
    }

    @Test
    void aConsentThatCannotBeUnderstoodIsNotTakenForNone() {
        byte[] key = Pseudonymiser.consentKey(redis.pseudonymiser.prefix(ANNA));
        byte[][] hostile = {{1}, {(byte) 0x92, 1, 2}, {(byte) 0xc1}, "xyz".getBytes(StandardCharsets.US_ASCII)};
        for (byte[] value : hostile) {
            redis.plain.call("SET", key, value);
            assertEquals(
                    Profile.Status.MALFORMED,
                    redis.read(redis.direct(TRANSACTION)).status());
            Profile silent = redis.read(redis.silent(TRANSACTION, 0, 0, CONTENT));
            assertEquals(Profile.Status.MALFORMED, silent.status());
            assertEquals(Facts.UNKNOWN, redis.state(silent, "tier"));
        }
    }
}
