package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.demo.DemoConsentString;
import io.meridian.edge.core.DecisionPipeline;
import io.meridian.edge.core.Moment;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.model.Answer;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.DecisionRequest.Context;
import io.meridian.edge.core.model.DecisionRequest.Options;
import io.meridian.edge.core.model.Explain;
import io.meridian.edge.core.model.PlacementRequest;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.core.profile.ProfileStore;
import io.meridian.edge.core.profile.ReadPlan;
import io.meridian.edge.testing.FakeProfileStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides on several threads until it is stopped: for a known customer, whose profile comes from another thread, ranked by a model. Keeps
 * every sign that an answer was not wholly of one bundle.
 */
final class Load implements AutoCloseable {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    /** Gives the profile later and elsewhere: a decision is under way for a while. */
    private static final class LateStore implements ProfileStore, AutoCloseable {
        private final ExecutorService elsewhere = Executors.newFixedThreadPool(2);

        @Override
        public void read(ReadPlan plan, Profile into, int timeoutMillis, Listener listener) {
            elsewhere.execute(() -> {
                Thread.yield();
                FakeProfileStore store = new FakeProfileStore();
                store.attributes = Map.of("tier", "gold", "sessions_7d", 3, "orders_90d", 4);
                store.read(plan, into, timeoutMillis, listener);
            });
        }

        @Override
        public void close() {
            elsewhere.shutdown();
        }
    }

    final Queue<String> faults = new ConcurrentLinkedQueue<>();
    final AtomicLong answers = new AtomicLong();
    private final Set<Long> revisions = java.util.concurrent.ConcurrentHashMap.newKeySet();
    private final LateStore store = new LateStore();
    private final ExecutorService threads;
    private final DecisionPipeline pipeline;
    private volatile boolean stopped;

    Load(ActiveBundle active, int count) {
        pipeline =
                new DecisionPipeline(active, store, record -> {}, () -> 0, 20, defect -> faults.add(defect.toString()));
        threads = Executors.newFixedThreadPool(count);
        for (int i = 0; i < count; i++) {
            threads.execute(this::decide);
        }
    }

    private void decide() {
        ConsentInput consent = new ConsentInput(
                null,
                DemoConsentString.of(Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), NOW),
                null,
                new int[0],
                false,
                null);
        DecisionRequest request = new DecisionRequest(
                null,
                List.of(new SubjectId("customer", "c-1001")),
                null,
                List.of(new PlacementRequest("home-hero", 2), new PlacementRequest("category-banner", 2)),
                new Context(null, "DE", null, "de-DE", "web", "mobile", Map.of()),
                consent,
                new Options(Explain.NONE, true, 0));
        Moment moment = new Moment(NOW.toEpochMilli(), "01936f00-0000-7000-8000-000000000000");
        while (!stopped) {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            pipeline.decide(request, moment, answer::complete);
            check(answer.join());
            answers.incrementAndGet();
        }
    }

    private void check(Answer answer) {
        if (!(answer instanceof Decision decision)) {
            faults.add("no decision: " + answer);
            return;
        }
        revisions.add(decision.revision());
        if (decision.degraded() != 0) {
            faults.add("degraded: " + decision.degraded());
        }
        decision.placements()
                .forEach(placement -> placement.items().forEach(item -> {
                    String content = new String(item.content(), StandardCharsets.UTF_8);
                    if (!content.contains(SampleFiles.mark(decision.revision()))) {
                        faults.add("an answer of revision " + decision.revision() + " shows " + content);
                    }
                }));
    }

    /** Waits until so many more decisions were made. */
    void await(int more) {
        long target = answers.get() + more;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (answers.get() < target && faults.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("decisions do not get on");
            }
            Thread.onSpinWait();
        }
    }

    /** Every revision that decided. */
    Set<Long> revisions() {
        return revisions;
    }

    /** Ends all decisions. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        threads.shutdown();
        if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
            throw new AssertionError("a decision hangs");
        }
        store.close();
    }
}
