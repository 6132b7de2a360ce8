package io.meridian.edge.adapter.redis;

import static io.meridian.edge.adapter.redis.RedisHarness.OPEN;
import static io.meridian.edge.adapter.redis.RedisHarness.get;
import static io.meridian.edge.adapter.redis.RedisInstance.customer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.core.profile.ProfileWriter.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several services, one Redis: what one of them counted, stored or withdrew holds for all at their next read. */
@Timeout(60)
class SharedRedisTest {
    private static final int EVENTS = 20;

    private static EmbeddedRedis redis;
    private static RedisInstance one;
    private static RedisInstance other;

    @BeforeAll
    static void start() {
        redis = EmbeddedRedis.start();
        RedisSettings settings = RedisSettings.of(redis.url());
        RedisInstance.mark(settings);
        one = new RedisInstance(settings);
        other = new RedisInstance(settings);
        one.awaitReady();
        other.awaitReady();
    }

    @AfterAll
    static void end() {
        one.close();
        other.close();
        redis.close();
    }

    private static long outcomes(List<CompletionStage<Outcome>> stages, Outcome sought) {
        return stages.stream()
                .map(RedisHarness::get)
                .filter(outcome -> outcome == sought)
                .count();
    }

    @Test
    void anImpressionReportedToBothCountsOnceAndAllCountForBoth() {
        SubjectId anna = customer(1);
        int now = (int) (System.currentTimeMillis() / 1000);
        List<CompletionStage<Outcome>> stages = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            for (RedisInstance service : List.of(one, other)) {
                stages.add(service.writer.countImpression(anna, "event " + i, "offer", "hero", now, OPEN));
            }
        }
        assertEquals(EVENTS, outcomes(stages, Outcome.DONE));
        assertEquals(0, outcomes(stages, Outcome.UNAVAILABLE));
        for (RedisInstance service : List.of(one, other)) {
            Profile profile = service.read(anna, DataClass.EXPOSURE.bit(), 1000);
            assertEquals(EVENTS, profile.exposures().count("offer", "hero", now - 60));
        }
    }

    @Test
    void aWithdrawalAtOneIsSeenByTheOtherAtItsNextRead() {
        SubjectId bob = customer(2);
        assertEquals(Outcome.DONE, one.write(bob, "gold"));
        assertEquals("gold", other.tier(bob));
        StoredConsent refusal = new StoredConsent(0, 0, Purpose.ALL_BITS, 7, false);
        assertEquals(Outcome.DONE, get(one.writer.storeConsent(bob, refusal, DataClass.ALL_BITS)));
        Profile profile = other.read(bob, DataClass.TRANSACTION.bit(), 1000);
        assertEquals(refusal, profile.storedConsent());
        assertEquals(0, profile.found());
        assertEquals(Outcome.NOT_PERMITTED, other.write(bob, "again"));
    }

    @Test
    void changesOfBothAtTheSameTimeAllStand() {
        SubjectId carol = customer(3);
        for (int round = 0; round < EVENTS; round++) {
            CompletionStage<Outcome> tier =
                    one.writer.change(RedisInstance.CONTRACT, carol, Map.of("tier", "t" + round), OPEN);
            CompletionStage<Outcome> member =
                    other.writer.change(RedisInstance.CONTRACT, carol, Map.of("loyalty_member", round % 2 == 0), OPEN);
            assertEquals(Outcome.DONE, get(tier));
            assertEquals(Outcome.DONE, get(member));
            assertEquals("t" + round, other.tier(carol));
            Profile profile = one.read(carol, DataClass.ALL_BITS, 1000);
            int index = RedisInstance.FACTS.indexOf("profile.loyalty_member");
            assertEquals(round % 2 == 0, profile.facts().boolAt(index));
        }
    }
}
