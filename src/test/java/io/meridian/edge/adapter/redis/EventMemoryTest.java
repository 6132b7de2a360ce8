package io.meridian.edge.adapter.redis;

import static io.meridian.edge.adapter.redis.RedisHarness.ANNA;
import static io.meridian.edge.adapter.redis.RedisHarness.OPEN;
import static io.meridian.edge.adapter.redis.RedisHarness.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.frequency.FrequencyCap;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.profile.ProfileWriter.Outcome;
import org.junit.jupiter.api.Test;

/** No event that is accepted is counted twice, however late it is sent again and however many came in between. */
class EventMemoryTest extends OnMarkedRedis {
    private static final int DAY = 24 * 60 * 60;
    private final int now = Math.toIntExact(System.currentTimeMillis() / 1000);

    @Test
    void anEventIsRememberedAsLongAsItIsAccepted() {
        int oldest = now - FrequencyCap.MAX_WINDOW_SECONDS + 60;
        assertEquals(Outcome.DONE, count("old", oldest));
        assertEquals(Outcome.DUPLICATE, count("old", oldest));
        long ttl = (Long) redis.plain.call("TTL", eventsKey());
        assertTrue(ttl >= FrequencyCap.MAX_WINDOW_SECONDS, () -> "" + ttl);
        // As another service wrote it eight days ago, when it happened.
        redis.plain.call("ZADD", eventsKey(), Integer.toString(now - 8 * DAY), "another");
        assertEquals(Outcome.DONE, count("next", now));
        assertEquals(3L, redis.plain.call("ZCARD", eventsKey()));
    }

    @Test
    void whatMayHaveBeenForgottenIsNotCountedAgain() {
        assertEquals(Outcome.DONE, count("first", now - 10_000));
        for (int i = 0; i < Scripts.MAX_EVENTS; i++) {
            assertEquals(Outcome.DONE, get(redis.writer.noteEvent(ANNA, "note#" + i, now - 5000 + i, OPEN)));
        }
        assertEquals((long) Scripts.MAX_EVENTS, redis.plain.call("ZCARD", eventsKey()));
        long before = redis.counters.forgottenEvents();
        assertEquals(Outcome.FORGOTTEN, count("first", now - 10_000));
        assertEquals(Outcome.FORGOTTEN, count("never seen, as old", now - 5000));
        assertEquals(before + 2, redis.counters.forgottenEvents());
        assertEquals(1, counted());
        assertEquals(Outcome.DUPLICATE, get(redis.writer.noteEvent(ANNA, "note#7", now - 5000 + 7, OPEN)));
        assertEquals(Outcome.DONE, count("in between", now - 4000));
        assertEquals(Outcome.DUPLICATE, count("in between", now - 4000));
        assertEquals(2, counted());
    }

    @Test
    void timesInAnyOrderCountOnceEach() {
        for (int i = 0; i < 20; i++) {
            assertEquals(Outcome.DONE, count("e" + i, now - (i * 7 % 20) * DAY));
        }
        for (int i = 0; i < 20; i++) {
            assertEquals(Outcome.DUPLICATE, count("e" + i, now - (i * 7 % 20) * DAY));
        }
        assertEquals(20, counted());
    }

    private static int counted() {
        return redis.read(redis.direct(DataClass.EXPOSURE.bit())).exposures().count("spring-sale", null, 0);
    }

    private static byte[] eventsKey() {
        return Pseudonymiser.eventsKey(redis.pseudonymiser.prefix(ANNA));
    }

    private Outcome count(String event, int at) {
        return get(redis.writer.countImpression(ANNA, event, "spring-sale", "home-hero", at, OPEN));
    }
}
