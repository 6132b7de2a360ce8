package io.meridian.load.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.load.measure.Recorder.Outcome;
import io.meridian.load.results.KindResult;
import io.meridian.load.results.PhaseResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long BEGIN = 77 * SECOND;

    private final Recorder recorder = new Recorder(
            List.of(Phase.constant("one", Duration.ofSeconds(10), 5), Phase.constant("two", Duration.ofSeconds(20), 9)),
            List.of("a", "b"));

    @Test
    void aCallBelongsToThePhaseItBeganIn() {
        recorder.begins(0, BEGIN);
        recorder.begins(0, BEGIN + 10 * SECOND - 1);
        recorder.begins(0, BEGIN + 10 * SECOND);
        recorder.ends(0, BEGIN + 10 * SECOND - 1, BEGIN + 15 * SECOND, Outcome.GOOD);

        assertEquals(2, recorder.result(0).all().sent());
        assertEquals(1, recorder.result(0).all().good());
        assertEquals(5000, recorder.result(0).all().meanMillis(), 5);
        assertEquals(1, recorder.result(1).all().sent());
        assertEquals(2, recorder.underWay());
    }

    @Test
    void everyOutcomeIsCountedOnce() {
        Outcome[] outcomes = {Outcome.GOOD, Outcome.GOOD, Outcome.DEGRADED, Outcome.SHED, Outcome.FAILED};
        for (Outcome outcome : outcomes) {
            recorder.begins(1, BEGIN);
            recorder.ends(1, BEGIN, BEGIN + SECOND, outcome);
        }
        PhaseResult result = recorder.result(0);
        KindResult kind = result.kinds().get("b");

        assertEquals(
                List.of(5L, 3L, 1L, 1L, 1L),
                List.of(kind.sent(), kind.good(), kind.degraded(), kind.shed(), kind.failed()));
        assertEquals(0.3, kind.perSecond(), 1e-9);
        assertEquals(0.2, kind.failedShare(), 1e-9);
        assertEquals(0.2, kind.shedShare(), 1e-9);
        assertEquals(kind, result.all());
        assertFalse(result.kinds().containsKey("a"), "a kind nobody asked for is left out");
    }

    @Test
    void theRunBeginsWithItsFirstCall() {
        assertFalse(recorder.isOver(BEGIN + 100 * SECOND));
        recorder.begins(0, BEGIN);
        assertFalse(recorder.isOver(BEGIN + 30 * SECOND - 1));
        assertTrue(recorder.isOver(BEGIN + 30 * SECOND));
    }

    @Test
    void percentilesAreTheCalls() {
        for (int micros = 1; micros <= 10_000; micros++) {
            recorder.begins(0, BEGIN);
            recorder.ends(0, BEGIN, BEGIN + micros * 1000L, Outcome.GOOD);
        }
        KindResult all = recorder.result(0).all();

        assertEquals(5, all.p50Millis(), 0.01);
        assertEquals(9.9, all.p99Millis(), 0.02);
        assertEquals(9.99, all.p999Millis(), 0.02);
        assertEquals(10, all.maxMillis(), 0.02);
    }
}
