package io.meridian.edge.adapter.redis;

import static io.meridian.edge.adapter.redis.RedisHarness.ANNA;
import static io.meridian.edge.adapter.redis.RedisHarness.OPEN;
import static io.meridian.edge.adapter.redis.RedisHarness.await;
import static io.meridian.edge.adapter.redis.RedisHarness.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.core.profile.Profile.Status;
import io.meridian.edge.core.profile.ProfileWriter.Outcome;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisFaultsTest {
    private static final int TRANSACTION = DataClass.TRANSACTION.bit();
    /** Two event loops that read, and the writer. */
    private static final int CONNECTIONS = 3;

    private RedisHarness redis;

    @BeforeEach
    void start() {
        redis = new RedisHarness(true);
        redis.put(ANNA, Map.of("tier", "gold"));
    }

    @AfterEach
    void end() {
        redis.close();
    }

    private Status status() {
        return redis.read(redis.direct(TRANSACTION), 100).status();
    }

    private void healthyAgain() {
        await("healthy read", () -> status() == Status.OK && redis.store.ready());
    }

    @Test
    void aSlowRedisCostsTheTimeGivenAndLateAnswersChangeNothing() {
        assertEquals(Status.OK, status());
        redis.plain.call("CLIENT", "PAUSE", "400");
        long started = System.nanoTime();
        Profile profile = redis.read(redis.direct(TRANSACTION), 20);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        assertEquals(Status.TIMEOUT, profile.status());
        assertTrue(millis >= 19 && millis < 400, () -> millis + " ms");
        await("late reply", () -> redis.counters.lateReplies() > 0);
        assertEquals(Status.TIMEOUT, profile.status());
        assertEquals(Facts.UNKNOWN, redis.state(profile, "tier"));
        healthyAgain();
        assertEquals(0, redis.counters.lost() + redis.counters.droppedSilent(), "a short pause costs no connection");
    }

    @Test
    void aSilentConnectionIsDroppedAndMadeAnew() {
        redis.wire.blackHole(true);
        await("drop", () -> {
            assertEquals(true, status() != Status.OK);
            return redis.counters.droppedSilent() > 0;
        });
        redis.wire.blackHole(false);
        healthyAgain();
    }

    @Test
    void nobodyWaitsForARedisThatDoesNotAnswerUntilAProbeIsAnswered() {
        redis.wire.delay(300);
        await("refusal by the breaker", () -> {
            status();
            return redis.counters.refusedByBreaker() > 0;
        });
        await("a share of links that refuse", () -> redis.counters.shareRefusing() > 0);
        long commands = redis.wire.subjectCommands().size();
        long refused = redis.counters.refusedByBreaker();
        await("refusals without commands", () -> {
            status();
            return redis.counters.refusedByBreaker() >= refused + 10;
        });
        // The other link may have needed its own few time-outs.
        assertTrue(redis.wire.subjectCommands().size() - commands <= Breaker.TIMEOUTS);
        redis.wire.delay(0);
        healthyAgain();
        await("no link refuses", () -> redis.counters.shareRefusing() == 0);
    }

    @Test
    void anIdleConnectionThatGoesSilentIsNoticedWithoutADecision() {
        redis.wire.blackHole(true);
        await("drop", () -> redis.counters.droppedSilent() >= CONNECTIONS);
        redis.wire.blackHole(false);
        healthyAgain();
    }

    @Test
    void aTornConnectionIsMadeAnewAndReadsEndAtOnceMeanwhile() {
        redis.wire.refuse(true);
        redis.wire.reset();
        await("loss", () -> !redis.store.ready());
        await("unavailable", () -> status() == Status.UNAVAILABLE);
        assertEquals(
                Outcome.UNAVAILABLE, get(redis.writer.replace(redis.contract, ANNA, Map.of("tier", "none"), OPEN)));
        redis.wire.refuse(false);
        healthyAgain();
    }

    @Test
    void aRedisRestartedEmptyIsNotReadUntilItIsMarked() {
        redis.server.kill();
        await("unavailable", () -> status() == Status.UNAVAILABLE);
        redis.server.restart();
        await("unmarked", () -> status() == Status.REGION_UNMARKED);
        await(
                "unmarked for writes",
                () -> get(redis.writer.replace(redis.contract, ANNA, Map.of("tier", "gold"), OPEN))
                        == Outcome.UNAVAILABLE);
        await("all links without it", () -> redis.counters.shareUnmarked() == 1);
        redis.mark();
        await("marked", () -> status() == Status.OK && redis.writer.ready());
        await("no link without it", () -> redis.counters.shareUnmarked() == 0);
        assertEquals(Outcome.DONE, get(redis.writer.replace(redis.contract, ANNA, Map.of("tier", "gold"), OPEN)));
    }

    @Test
    void aMarkThatVanishesOrIsAnotherRegionsStopsReading() {
        redis.plain.call("FLUSHALL");
        // Each connection looks for the mark in its own time; a read may take any of them.
        await("unmarked on every connection", () -> redis.counters.unmarked() >= CONNECTIONS);
        assertEquals(Status.REGION_UNMARKED, status());
        RegionMarker foreign = new RegionMarker("us-east", redis.key);
        get(foreign.mark(redis.vertx, RedisSettings.of(redis.server.url()), false)
                .toCompletionStage());
        assertEquals(
                RegionMarker.Marking.FOREIGN,
                get(redis.marker
                        .mark(redis.vertx, RedisSettings.of(redis.server.url()), false)
                        .toCompletionStage()));
        assertEquals(Status.REGION_UNMARKED, status());
        assertEquals(
                RegionMarker.Marking.MARKED,
                get(redis.marker
                        .mark(redis.vertx, RedisSettings.of(redis.server.url()), true)
                        .toCompletionStage()));
        assertEquals(
                RegionMarker.Marking.STOOD,
                get(redis.marker
                        .mark(redis.vertx, RedisSettings.of(redis.server.url()), false)
                        .toCompletionStage()));
        healthyAgain();
    }

    @Test
    void whatIsNoAnswerToAReadIsMalformedAndEndsItAllTheSame() {
        String[] replies = {
            "+OK\r\n",
            ":42\r\n",
            "$-1\r\n",
            "*-1\r\n",
            "*0\r\n",
            "*1\r\n$-1\r\n",
            "*2\r\n*1\r\n:1\r\n+no\r\n",
            "*2\r\n:1\r\n$-1\r\n"
        };
        for (String reply : replies) {
            redis.wire.instead("MGET", reply);
            Profile profile = redis.read(redis.direct(TRANSACTION), 1000);
            assertEquals(Status.MALFORMED, profile.status(), reply);
            assertEquals(Facts.UNKNOWN, redis.state(profile, "tier"), reply);
        }
    }

    @Test
    void whatIsNoAnswerToAChangeEndsItUnavailable() {
        String[] replies = {
            "+OK\r\n", ":42\r\n", "$-1\r\n", "*0\r\n", "*2\r\n$-1\r\n:1\r\n", "*2\r\n$-1\r\n*1\r\n:1\r\n"
        };
        for (String reply : replies) {
            redis.wire.instead("MGET", reply);
            assertEquals(
                    Outcome.UNAVAILABLE,
                    get(redis.writer.change(redis.contract, ANNA, Map.of("tier", "gold"), OPEN)),
                    reply);
        }
    }

    @Test
    void aKeyOfAnotherTypeEndsAChangeUnavailable() {
        byte[] key = Pseudonymiser.classKey(redis.pseudonymiser.prefix(ANNA), DataClass.TRANSACTION.ordinal());
        redis.plain.call("DEL", key);
        redis.plain.call("RPUSH", key, "element");
        assertEquals(Outcome.UNAVAILABLE, get(redis.writer.change(redis.contract, ANNA, Map.of("tier", "gold"), OPEN)));
    }

    @Test
    void whenClosingReturnsNothingIsConnectedAnyMore() {
        redis.store.close();
        assertFalse(redis.store.ready());
        redis.writer.close();
        assertFalse(redis.writer.ready());
    }

    @Test
    void commandsInFlightAreBounded() {
        redis.plain.call("CLIENT", "PAUSE", "120");
        int reads = redis.settings.maxInFlight() + 10;
        AtomicInteger unavailable = new AtomicInteger();
        AtomicInteger left = new AtomicInteger(reads);
        CompletableFuture<Boolean> all = new CompletableFuture<>();
        redis.vertx.getOrCreateContext().runOnContext(ignored -> {
            for (int i = 0; i < reads; i++) {
                Profile profile = new Profile(new Facts(redis.facts));
                redis.store.read(redis.direct(TRANSACTION), profile, 2000, ended -> {
                    if (ended.status() == Status.UNAVAILABLE) {
                        unavailable.incrementAndGet();
                    }
                    if (left.decrementAndGet() == 0) {
                        all.complete(true);
                    }
                });
            }
        });
        get(all);
        assertTrue(unavailable.get() >= 10 && unavailable.get() <= 12, () -> unavailable + " turned away");
        healthyAgain();
    }

    @Test
    void theListenerIsToldOnTheCallersContextAndNeverWithinTheCall() {
        CompletableFuture<String> order = new CompletableFuture<>();
        redis.wire.refuse(true);
        redis.wire.reset();
        await("loss", () -> !redis.store.ready());
        io.vertx.core.Context context = redis.vertx.getOrCreateContext();
        context.runOnContext(ignored -> {
            StringBuilder steps = new StringBuilder();
            redis.store.read(redis.direct(TRANSACTION), new Profile(new Facts(redis.facts)), 50, profile -> {
                steps.append(io.vertx.core.Vertx.currentContext() == context ? "told" : "told elsewhere");
                order.complete(steps.toString());
            });
            steps.append("returned ");
        });
        assertEquals("returned told", get(order));
    }

    @Test
    void noConnectionsPileUp() {
        for (int i = 0; i < 5; i++) {
            redis.wire.reset();
            healthyAgain();
        }
        await("writer", redis.writer::ready);
        // Two event loops, the writer, this test's own; those that were torn may take a moment to be noticed.
        await("old connections to end", () -> Integer.parseInt(redis.plain.info("connected_clients")) <= 4);
    }
}
