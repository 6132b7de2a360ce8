package io.meridian.edge.adapter.redis;

import static io.meridian.edge.adapter.redis.RedisHarness.ANNA;
import static io.meridian.edge.adapter.redis.RedisHarness.OPEN;
import static io.meridian.edge.adapter.redis.RedisHarness.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.profile.ProfileWriter.Outcome;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Statements of consent that come late, twice, at once or after an erasure. */
class ConsentOrderTest extends OnMarkedRedis {
    private static final int CONTENT = Purpose.SELECT_CONTENT.bit();
    private static final int MEASURE = Purpose.MEASURE.bit();
    private static final int BOTH = CONTENT | MEASURE;

    @Test
    void anAgreementThatComesLateDoesNotUndoAWithdrawal() {
        StoredConsent agreed = said(BOTH, 0, 1000);
        StoredConsent withdrawn = said(0, BOTH, 2000);
        assertEquals(Outcome.DONE, store(agreed, 0));
        assertEquals(Outcome.DONE, store(withdrawn, 0));
        long before = redis.counters.outdatedConsents();
        assertEquals(Outcome.OUTDATED, store(agreed, 0), "sent again");
        assertEquals(withdrawn, stored());
        assertEquals(before + 1, redis.counters.outdatedConsents());
        assertEquals(Outcome.DONE, store(withdrawn, 0), "the same again is no contradiction");
        assertEquals(withdrawn, stored());
        assertEquals(Outcome.DONE, store(said(CONTENT, 0, 2001), 0), "said later");
    }

    @Test
    void whatIsOutdatedDeletesNothing() {
        assertEquals(Outcome.DONE, store(said(BOTH, 0, 2000), 0));
        redis.put(ANNA, Map.of("tier", "gold"));
        assertEquals(Outcome.OUTDATED, store(said(0, BOTH, 1000), DataClass.TRANSACTION.bit()));
        assertEquals("gold", redis.string(redis.read(redis.direct(DataClass.ALL_BITS)), "tier"));
    }

    @Test
    void ofTheSameTimeARefusalWinsInEitherOrder() {
        StoredConsent agreed = new StoredConsent(BOTH, CONTENT, 0, 1000, false);
        StoredConsent refused = said(MEASURE, CONTENT, 1000);
        assertEquals(Outcome.DONE, store(agreed, 0));
        assertEquals(Outcome.DONE, store(refused, 0));
        assertEquals(refused, stored());
        redis.clear();
        assertEquals(Outcome.DONE, store(refused, 0));
        assertEquals(Outcome.OUTDATED, store(agreed, 0), "not all it agrees to was taken");
        assertEquals(refused, stored());
    }

    @Test
    void ofTheSameTimeOnlyWhatBothAgreeToIsLeft() {
        assertEquals(Outcome.DONE, store(said(CONTENT, 0, 1000), 0));
        assertEquals(Outcome.OUTDATED, store(said(MEASURE, Purpose.SELECT_ADS.bit(), 1000), 0));
        assertEquals(said(0, Purpose.SELECT_ADS.bit(), 1000), stored());
    }

    @Test
    void aFastClockDoesNotLockAWithdrawalOut() {
        long now = System.currentTimeMillis();
        assertEquals(Outcome.DONE, store(said(BOTH, 0, now + 200_000), 0));
        assertEquals(Outcome.DONE, store(said(0, BOTH, now), 0));
        assertEquals(said(0, BOTH, now + 200_000), stored());
        assertEquals(Outcome.OUTDATED, store(said(BOTH, 0, now + 1000), 0));
        assertEquals(said(0, BOTH, now + 200_000), stored());
    }

    @Test
    void aTombstoneYieldsOnlyToAnAgreementSaidAfterTheErasure() {
        get(redis.writer.erase(ANNA, 5000, 1000));
        assertEquals(Outcome.ERASED, store(said(BOTH, 0, 4999), 0), "said before");
        assertEquals(Outcome.ERASED, store(said(BOTH, 0, 5000), 0), "said at the same time");
        assertEquals(Outcome.ERASED, store(said(0, BOTH, 6000), 0), "a refusal adds nothing to it");
        assertEquals(StoredConsent.tombstone(5000), stored());
        assertEquals(Outcome.ERASED, get(redis.writer.change(redis.contract, ANNA, Map.of("tier", "gold"), OPEN)));
        assertEquals(Outcome.DONE, store(said(BOTH, 0, 5001), 0));
        assertEquals(said(BOTH, 0, 5001), stored());
    }

    private static StoredConsent said(int given, int refused, long at) {
        return new StoredConsent(given, 0, refused, at, false);
    }

    private static Outcome store(StoredConsent consent, int closedClasses) {
        return get(redis.writer.storeConsent(ANNA, consent, closedClasses));
    }

    private static StoredConsent stored() {
        return Objects.requireNonNull(
                redis.read(redis.direct(DataClass.ALL_BITS)).storedConsent());
    }
}
