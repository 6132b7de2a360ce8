package io.meridian.edge.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.model.Answer;
import io.meridian.edge.core.model.CandidateTrace;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Decision.PlacementDecision;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.Explain;
import io.meridian.edge.core.model.PlacementRequest;
import io.meridian.edge.core.model.Verdict;
import io.meridian.edge.testing.FakeProfileStore;
import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A placement with more candidates than anybody wants to be told of. */
class ManyRulesTest {
    private static final Instant NOW = Instant.parse("2026-04-22T10:00:00Z");
    /** Those of the small configuration that are in the placement besides. */
    private static final int OTHERS = 4;

    @TempDir
    Path folder;

    @Test
    void aTraceTellsOfThoseThatMatchAndOfSomeOthers() throws Exception {
        DecisionPipeline pipeline =
                pipeline(1200, "context.attributes.cart.value >= %1$d.0 && context.attributes.cart.value < %1$d.5");
        PlacementDecision told = decide(pipeline, 777.25, Explain.FULL);
        assertEquals(List.of("offer-777", "local-hint"), offers(told));
        List<CandidateTrace> trace = told.trace();
        assertNotNull(trace);
        assertEquals(Trace.MOST, trace.size());
        assertEquals(1200 + OTHERS - Trace.MOST, told.traceLeftOut());
        Map<Verdict, Integer> verdicts = verdicts(trace);
        assertEquals(2, verdicts.get(Verdict.SELECTED));
        assertTrue(verdicts.get(Verdict.CONDITION_FALSE) > 400, verdicts.toString());
        PlacementDecision untold = decide(pipeline, 777.25, Explain.NONE);
        assertEquals(offers(told), offers(untold));
        assertEquals(0, untold.traceLeftOut());
    }

    @Test
    void whatIsShownIsToldOfEvenIfAllMatch() throws Exception {
        DecisionPipeline pipeline = pipeline(700, "context.attributes.cart.value >= 0.0");
        PlacementDecision told = decide(pipeline, 1, Explain.FULL);
        List<CandidateTrace> trace = told.trace();
        assertNotNull(trace);
        assertEquals(2, verdicts(trace).get(Verdict.SELECTED));
        assertEquals(
                Trace.MOST - 3, verdicts(trace).get(Verdict.OUTRANKED), "the best of them; one of the others is out");
        assertEquals(700 + OTHERS - Trace.MOST, told.traceLeftOut());
    }

    @Test
    void anAnswerMayBeKeptUntilTheNextEdgeOfASchedule() throws Exception {
        DecisionPipeline pipeline = pipeline(10, "context.attributes.cart.value >= 0.0");
        Instant begin = Instant.parse("2026-03-01T00:00:00Z");
        Instant end = Instant.parse("2026-04-30T22:00:00Z");
        assertEquals(begin.toEpochMilli(), keptUntil(pipeline, begin.minusMillis(1)));
        assertEquals(end.toEpochMilli(), keptUntil(pipeline, begin));
        assertEquals(end.toEpochMilli(), keptUntil(pipeline, end.minusMillis(1)));
        assertEquals(Long.MAX_VALUE, keptUntil(pipeline, end));
    }

    private static long keptUntil(DecisionPipeline pipeline, Instant now) {
        Decision.Cache cache = decide(pipeline, now, 1, Explain.NONE).cache();
        assertTrue(cache.shared());
        return cache.until();
    }

    /** As many offers with a condition each, into which their number is written; the lower it is the less they are worth. */
    private DecisionPipeline pipeline(int offers, String condition) throws IOException {
        TestBundles.copy(TestBundles.MINIMAL, folder);
        StringBuilder definitions = new StringBuilder(Files.readString(folder.resolve("markets/xx/offers.yaml")));
        StringBuilder content = new StringBuilder(Files.readString(folder.resolve("markets/xx/content.yaml")));
        for (int i = 0; i < offers; i++) {
            definitions.append(String.format(
                    "  - { id: offer-%1$d, category: shoes, placements: [hero], value: %2$d, when: '" + condition
                            + "' }\n",
                    i,
                    1000 + i));
            content.append(String.format("  offer-%d: { default: { title: Offer } }\n", i));
        }
        Files.writeString(folder.resolve("markets/xx/offers.yaml"), definitions);
        Files.writeString(folder.resolve("markets/xx/content.yaml"), content);
        ActiveBundle active = new ActiveBundle();
        active.activate(TestBundles.compile(folder, "here"), NOW, "test");
        List<Exception> defects = new ArrayList<>();
        return new DecisionPipeline(active, new FakeProfileStore(), record -> {}, () -> 0, 20, defects::add);
    }

    private static PlacementDecision decide(DecisionPipeline pipeline, double cart, Explain explain) {
        return decide(pipeline, NOW, cart, explain).placements().get(0);
    }

    private static Decision decide(DecisionPipeline pipeline, Instant now, double cart, Explain explain) {
        DecisionRequest.Context context =
                new DecisionRequest.Context(null, "US", null, "en", "web", "mobile", Map.of("cart.value", cart));
        DecisionRequest request = new DecisionRequest(
                null,
                List.of(),
                null,
                List.of(new PlacementRequest("hero", 2)),
                context,
                ConsentInput.NONE,
                new DecisionRequest.Options(explain, true, 0));
        List<Answer> answers = new ArrayList<>();
        Moment moment = new Moment(now.toEpochMilli(), "01936f00-0000-7000-8000-000000000000");
        pipeline.decide(request, moment, answers::add);
        return assertInstanceOf(Decision.class, answers.get(0));
    }

    private static List<String> offers(PlacementDecision decision) {
        return decision.items().stream().map(Decision.Item::offer).toList();
    }

    private static Map<Verdict, Integer> verdicts(List<CandidateTrace> trace) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        trace.forEach(one -> counts.merge(one.verdict(), 1, Integer::sum));
        return counts;
    }
}
