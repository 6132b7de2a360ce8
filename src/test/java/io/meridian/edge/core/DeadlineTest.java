package io.meridian.edge.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.demo.DemoConsentString;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.log.DecisionRecord;
import io.meridian.edge.core.model.Answer;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.DecisionRequest.Context;
import io.meridian.edge.core.model.DecisionRequest.Options;
import io.meridian.edge.core.model.Degradation;
import io.meridian.edge.core.model.Explain;
import io.meridian.edge.core.model.PlacementRequest;
import io.meridian.edge.core.model.Rung;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.testing.FakeProfileStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is left out when the time is short, by a clock of the test's own. */
class DeadlineTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final FakeProfileStore profiles = new FakeProfileStore();
    private final List<DecisionRecord> records = new ArrayList<>();
    private final List<Integer> allowed = new ArrayList<>();
    private long now;
    private long perReading;
    private long perRead;
    private final DecisionPipeline pipeline = pipeline();

    private DecisionPipeline pipeline() {
        profiles.attributes = Map.of("tier", "gold", "sessions_7d", 3, "orders_90d", 4, "spend_90d", 420.0);
        ActiveBundle active = new ActiveBundle();
        // One of its own: a model's pace is learnt.
        BundleLoader.Result.Loaded loaded = assertInstanceOf(
                BundleLoader.Result.Loaded.class,
                BundleLoader.load(Path.of("edge-config"), Path.of("models"), "eu-central"));
        active.activate(loaded.bundle(), NOW, "test");
        return new DecisionPipeline(
                active,
                (plan, into, timeoutMillis, listener) -> {
                    allowed.add(timeoutMillis);
                    now += perRead;
                    profiles.read(plan, into, timeoutMillis, listener);
                },
                records::add,
                () -> now += perReading,
                20,
                failure -> {
                    throw new AssertionError(failure);
                });
    }

    private Decision decide(int patience, long waited) {
        DecisionRequest request = new DecisionRequest(
                null,
                List.of(new SubjectId("customer", "c-1001")),
                null,
                List.of(new PlacementRequest("home-hero", 1)),
                new Context(null, "DE", null, "de-DE", "web", "mobile", Map.of()),
                new ConsentInput(
                        null,
                        DemoConsentString.of(Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), NOW),
                        null,
                        new int[0],
                        false,
                        null),
                new Options(Explain.NONE, false, patience));
        List<Answer> answers = new ArrayList<>();
        pipeline.decide(
                request, new Moment(NOW.toEpochMilli(), "01936f00-0000-7000-8000-000000000000", waited), answers::add);
        return assertInstanceOf(Decision.class, answers.get(0));
    }

    private static Rung rung(Decision decision) {
        return decision.placements().get(0).reason();
    }

    @Test
    void waitingCountsAndSoDoesTheCallersPatience() {
        decide(0, 0);
        decide(0, 10 * MILLISECOND);
        decide(100, 0);
        // Where the model has run it is left some microseconds.
        assertEquals(List.of(17, 6, 96), allowed);
    }

    @Test
    void whoseTimeIsOverIsAnsweredWithoutAsking() {
        Decision decision = decide(20, 19 * MILLISECOND);
        assertEquals(List.of(), allowed);
        assertTrue(Degradation.PROFILE_TIMEOUT.in(decision.degraded()));
        assertEquals(Rung.CONTEXTUAL, rung(decision));
    }

    @Test
    void aModelThatNeedsMoreThanIsLeftIsSkippedSaidAndTriedAgain() {
        assertEquals(Rung.RANKED, rung(decide(0, 0)));
        perReading = 5 * MILLISECOND;
        for (int i = 0; i < 100; i++) {
            assertEquals(Rung.RANKED, rung(decide(1000, 0)));
        }
        perReading = 0;
        allowed.clear();
        assertEquals(Rung.RANKED, rung(decide(0, 0)));
        assertTrue(allowed.get(0) < 17, "the read leaves the model its time: " + allowed);
        perRead = 14 * MILLISECOND;
        Decision skipped = decide(0, 0);
        assertEquals(Degradation.MODEL_SKIPPED.bit(), skipped.degraded());
        assertEquals(Rung.CONTEXTUAL, rung(skipped));
        assertTrue(Degradation.MODEL_SKIPPED.in(
                records.get(records.size() - 1).decision().degraded()));
        now += TimeUnit.SECONDS.toNanos(1);
        assertEquals(Rung.RANKED, rung(decide(0, 0)), "it is tried again");
        assertEquals(Rung.RANKED, rung(decide(0, 0)), "and was quick");
    }
}
