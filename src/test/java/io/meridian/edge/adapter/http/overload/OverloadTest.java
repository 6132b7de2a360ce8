package io.meridian.edge.adapter.http.overload;

import static io.meridian.edge.adapter.http.overload.Urgency.BULK;
import static io.meridian.edge.adapter.http.overload.Urgency.DECIDE;
import static io.meridian.edge.adapter.http.overload.Urgency.INGEST;
import static io.meridian.edge.adapter.http.overload.Urgency.RIGHTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of a service that is asked for more than it can do, in a simulated time: nothing here waits or depends on the machine. */
class OverloadTest {
    private static final long SEED = 20_261_122;
    private static final long WANTED = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long QUICK = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long STORE = TimeUnit.MICROSECONDS.toNanos(400);
    private static final long SETTLING = 2_000;
    private static final long WINDOW = 10_000;

    private static VirtualLoop loop(long work) {
        return new VirtualLoop(WANTED, work, STORE, SEED);
    }

    /** Answers a second, after the limit has found its place. */
    private static double good(VirtualLoop loop, double times, Urgency... urgencies) {
        loop.run(times * loop.capacity(), SETTLING, urgencies);
        loop.run(times * loop.capacity(), WINDOW, urgencies);
        return loop.perSecond(WINDOW);
    }

    @Test
    void whoeverCanBeAnsweredIsNotTurnedAway() {
        VirtualLoop loop = loop(QUICK);
        good(loop, 0.8, DECIDE);
        assertEquals(0, loop.refused[DECIDE.ordinal()]);
    }

    @Test
    void twiceAsMuchCostsNoMoreThanTurningItAwayDoes() {
        VirtualLoop loop = loop(QUICK);
        double good = good(loop, 2, DECIDE);
        // Half of what comes is worked on at best; what is left of the time after looking at everybody, 96% of that.
        double possible = (1e9 - 2 * loop.capacity() * VirtualLoop.LOOK) / QUICK;
        assertTrue(good >= 0.96 * possible, good + " of " + possible);
        assertTrue(loop.percentile(0.99) < TimeUnit.MILLISECONDS.toNanos(25), loop.percentile(0.99) + " ns");
    }

    @Test
    void tenTimesAsMuchWithASlowModelIsAnsweredAsWellAsCanBe() {
        VirtualLoop loop = loop(SLOW);
        double good = good(loop, 10, DECIDE);
        assertTrue(good >= 0.85 * loop.capacity(), good + " of " + loop.capacity());
        assertTrue(loop.percentile(0.99) < TimeUnit.MILLISECONDS.toNanos(50), loop.percentile(0.99) + " ns");
        assertTrue(loop.refused[DECIDE.ordinal()] > loop.answered[DECIDE.ordinal()]);
    }

    @Test
    void soIsWhatNeedsNoStoreAndIsAnsweredInOneTurn() {
        VirtualLoop loop = new VirtualLoop(WANTED, SLOW, 0, SEED);
        double good = good(loop, 10, DECIDE);
        assertTrue(good >= 0.85 * loop.capacity(), good + " of " + loop.capacity());
        assertTrue(loop.percentile(0.99) < TimeUnit.MILLISECONDS.toNanos(50), loop.percentile(0.99) + " ns");
        assertTrue(loop.refused[DECIDE.ordinal()] > loop.answered[DECIDE.ordinal()]);
    }

    @Test
    void whatNeedsNoStoreAndCanBeAnsweredIsNotTurnedAway() {
        VirtualLoop loop = new VirtualLoop(WANTED, QUICK, 0, SEED);
        good(loop, 0.8, DECIDE);
        assertEquals(0, loop.refused[DECIDE.ordinal()]);
    }

    @Test
    void roomIsLeftForRightsHoweverFarTheLimitGrows() {
        ConcurrencyLimit limit = new ConcurrencyLimit(WANTED, 0);
        for (int i = 1; i <= 10_000; i++) {
            limit.beat(i * TimeUnit.MILLISECONDS.toNanos(2), 0, ConcurrencyLimit.MOST);
        }
        assertEquals(ConcurrencyLimit.MOST - ConcurrencyLimit.RESERVE, limit.limit(DECIDE));
        assertEquals(ConcurrencyLimit.MOST, limit.limit(RIGHTS));
    }

    @Test
    void whatCameDuringALongTurnHasWaitedForIt() {
        long[] now = {0};
        List<Long> due = new ArrayList<>();
        Lane lane = new Lane(
                (what, delay, unit) -> due.add(now[0] + unit.toNanos(delay)),
                () -> now[0],
                new ConcurrencyLimit(WANTED, 0));
        lane.enter();
        lane.enter();
        now[0] = due.get(0) + SLOW;
        assertEquals(SLOW, lane.lateNanos(now[0]));
        lane.run();
        assertEquals(SLOW, lane.lateNanos(now[0] + QUICK));
        now[0] = due.get(1);
        lane.run();
        assertEquals(0, lane.lateNanos(now[0] + QUICK));
    }

    @Test
    void whatWasBegunLongAgoLeavesRoom() {
        ConcurrencyLimit limit = new ConcurrencyLimit(WANTED, 0);
        long beat = TimeUnit.MILLISECONDS.toNanos(50);
        for (int i = 1; i < 100; i++) {
            limit.beat(i * beat, beat, 1);
        }
        assertEquals(ConcurrencyLimit.LEAST, limit.limit());
        Lane lane = new Lane((what, delay, unit) -> {}, () -> 100 * beat, limit);
        for (int i = 0; i < ConcurrencyLimit.LEAST + 1; i++) {
            assertTrue(lane.takes(DECIDE), "no. " + i);
            lane.enter();
            lane.leave();
        }
    }

    @Test
    void aYoungProcessMayBeLater() {
        long beat = TimeUnit.MILLISECONDS.toNanos(20);
        ConcurrencyLimit limit = new ConcurrencyLimit(WANTED, 100 * beat);
        for (int i = 1; i <= 99; i++) {
            limit.beat(i * beat, 3 * WANTED, 1);
        }
        assertEquals(ConcurrencyLimit.BEGINNING, limit.limit());
        for (int i = 100; i <= 110; i++) {
            limit.beat(i * beat, 3 * WANTED, 1);
        }
        assertTrue(limit.limit() < ConcurrencyLimit.BEGINNING, limit.limit() + "");
    }

    @Test
    void whatLeastHangsOnGoesFirstAndRightsAreKept() {
        VirtualLoop loop = loop(QUICK);
        good(loop, 2, RIGHTS, DECIDE, DECIDE, DECIDE, DECIDE, DECIDE, INGEST, INGEST, BULK, BULK);
        assertEquals(0, loop.refused[RIGHTS.ordinal()]);
        assertTrue(share(loop, DECIDE) > share(loop, INGEST), share(loop, DECIDE) + " " + share(loop, INGEST));
        assertTrue(share(loop, INGEST) > share(loop, BULK), share(loop, INGEST) + " " + share(loop, BULK));
    }

    private static double share(VirtualLoop loop, Urgency urgency) {
        int answered = loop.answered[urgency.ordinal()];
        return (double) answered / (answered + loop.refused[urgency.ordinal()]);
    }

    @Test
    void afterwardsEverybodyIsTakenAgain() {
        VirtualLoop loop = loop(SLOW);
        good(loop, 10, DECIDE);
        assertTrue(loop.limit() < ConcurrencyLimit.BEGINNING);
        loop.run(loop.capacity() / 4, SETTLING, DECIDE);
        loop.run(loop.capacity() / 4, WINDOW, DECIDE);
        assertEquals(0, loop.refused[DECIDE.ordinal()]);
    }
}
