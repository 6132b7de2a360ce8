package io.meridian.edge.adapter.decisionlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.log.DecisionRecord;
import io.meridian.edge.core.model.Decision;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecordRingTest {
    private static final DecisionRecord RECORD = record(0);

    @Test
    void givesBackInOrderAndRefusesWhenFull() {
        RecordRing ring = new RecordRing(3);
        assertEquals(4, ring.capacity());
        for (int lap = 0; lap < 3; lap++) {
            DecisionRecord[] records = {record(lap), record(lap), record(lap), record(lap)};
            for (DecisionRecord record : records) {
                assertTrue(ring.offer(record));
            }
            assertFalse(ring.offer(RECORD));
            assertEquals(4, ring.size());
            for (DecisionRecord record : records) {
                assertSame(record, ring.poll());
            }
            assertNull(ring.poll());
        }
    }

    @Test
    void keepsWhatIsInAtTheClose() {
        RecordRing ring = new RecordRing(4);
        assertTrue(ring.offer(RECORD));
        ring.close();
        assertTrue(ring.closed());
        assertFalse(ring.offer(RECORD));
        assertEquals(1, ring.size());
        assertSame(RECORD, ring.poll());
        assertEquals(0, ring.size());
    }

    @Test
    void nothingGetsInBehindTheBackOfAClosingConsumer() throws Exception {
        // A ring that got this wrong was caught once in some thousand rounds.
        int rounds = Boolean.getBoolean("meridian.thorough") ? 20_000 : 200;
        for (int round = 0; round < rounds; round++) {
            RecordRing ring = new RecordRing(1024);
            AtomicInteger accepted = new AtomicInteger();
            Thread producer = new Thread(() -> {
                int mine = 0;
                while (ring.offer(RECORD)) {
                    mine++;
                }
                accepted.set(mine);
            });
            producer.start();
            while (ring.size() == 0) {
                Thread.onSpinWait();
            }
            ring.close();
            int consumed = 0;
            while (ring.size() > 0) {
                consumed += ring.poll() == null ? 0 : 1;
            }
            producer.join();
            assertEquals(accepted.get(), consumed, "in round " + round);
            assertEquals(0, ring.size());
        }
    }

    private static DecisionRecord record(long micros) {
        Decision.Privacy privacy = new Decision.Privacy("gdpr", false, 0, List.of());
        Decision decision = new Decision(
                "d",
                null,
                "eu-central",
                1,
                "sha256:0",
                "de",
                privacy,
                List.of(),
                0,
                Decision.Cache.PRIVATE,
                new long[0]);
        return new DecisionRecord(0, decision, "", false, micros);
    }
}
