package io.meridian.edge.adapter.redis;

import static io.meridian.edge.adapter.redis.RedisHarness.get;
import static io.meridian.edge.adapter.redis.RedisInstance.customer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.Profile.Status;
import io.meridian.edge.core.profile.ProfileWriter.Outcome;
import io.meridian.edge.testing.RedisCluster;
import io.meridian.edge.testing.RedisSentinels;
import io.meridian.edge.testing.WireProxy;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real master with a replica and sentinels. */
@Timeout(240)
class RedisSentinelTest {
    private static final SubjectId ANNA = customer(1);

    private RedisSentinels redis;
    private RedisInstance service;

    @BeforeEach
    void start() {
        redis = new RedisSentinels();
        RedisSettings settings = settings(redis.urls());
        assertEquals(RegionMarker.Marking.MARKED, RedisInstance.mark(settings));
        service = new RedisInstance(settings);
        RedisCluster.await("connections", () -> service.store.ready() && service.writer.ready());
        assertEquals(Outcome.DONE, service.write(ANNA, "gold"));
    }

    /** What the service is given to find the master. */
    private static RedisSettings settings(String urls) {
        return RedisSettings.of(new RedisGiven(
                urls,
                "sentinel",
                Optional.of(RedisSentinels.NAME),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    @AfterEach
    void end() {
        service.close();
        redis.close();
    }

    private static StoredConsent refusal(long at) {
        return new StoredConsent(0, 0, Purpose.ALL_BITS, at, false);
    }

    private Outcome store(StoredConsent consent) {
        return get(service.writer.storeConsent(ANNA, consent, 0));
    }

    @Test
    void theReplicaIsUsedWhenTheSentinelsNameItAndNoWithdrawalIsForgotten() {
        assertEquals("gold", service.tier(ANNA));
        redis.sentinel(0).kill();
        assertEquals(Outcome.DONE, store(refusal(5)));
        redis.node(0).kill();
        RedisCluster.await("degradation", () -> service.status(ANNA) != Status.OK);
        RedisCluster.await("fail-over", () -> service.status(ANNA) == Status.OK);
        assertEquals(true, redis.isMaster(1));
        assertEquals(refusal(5), service.consent(ANNA));
        RedisCluster.await("changes", () -> service.write(customer(2), "silver") == Outcome.DONE);
        // Without a replica nothing that must not be forgotten is acknowledged; it takes effect all the same.
        RedisCluster.await("no confirmation", () -> {
            assertEquals(Outcome.UNAVAILABLE, store(refusal(9)));
            return service.counters.unconfirmedConsents() > 0;
        });
        assertEquals(refusal(9), service.consent(ANNA));
        redis.node(0).start();
        redis.call(0, "REPLICAOF", "127.0.0.1", redis.node(1).port());
        RedisCluster.await("a replica again", () -> store(refusal(9)) == Outcome.DONE);
    }

    @Test
    void aMasterThatBecameAReplicaUnderTheConnectionIsLeft() {
        redis.call(0, "REPLICAOF", "127.0.0.1", redis.node(1).port());
        Outcome atOnce = service.write(ANNA, "at once");
        assertEquals(Outcome.UNAVAILABLE, atOnce, "a clear failure, not a lost change");
        RedisCluster.await("leaving it", () -> !service.store.ready() && !service.writer.ready());
        redis.call(0, "REPLICAOF", "NO", "ONE");
        RedisCluster.await("the master that is one", () -> service.write(ANNA, "silver") == Outcome.DONE);
        RedisCluster.await("its data", () -> service.tier(ANNA).equals("silver"));
    }

    @Test
    void aSentinelWhoseWordIsOutOfDateMovesNobody() {
        try (WireProxy outdated = new WireProxy(redis.sentinel(0).port());
                RedisInstance led = new RedisInstance(settings(outdated.url() + "," + redis.urls()))) {
            RedisCluster.await("connections", () -> led.store.ready() && led.writer.ready());
            long connected = led.counters.connected();
            String port = Integer.toString(redis.node(1).port());
            outdated.instead("SENTINEL", "*2\r\n$9\r\n127.0.0.1\r\n$" + port.length() + "\r\n" + port + "\r\n");
            RedisCluster.await("doubt", () -> led.counters.failedLooks() > 0 || led.counters.failedConnects() > 0);
            assertEquals(Outcome.DONE, led.write(ANNA, "silver"));
            assertEquals("silver", led.tier(ANNA));
            assertEquals(0, led.counters.failedConnects());
            assertEquals(connected, led.counters.connected());
        }
    }
}
