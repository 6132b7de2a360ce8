package io.meridian.edge.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.model.CandidateTrace;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.Explain;
import io.meridian.edge.core.model.PlacementRequest;
import io.meridian.edge.core.model.Rung;
import io.meridian.edge.core.model.Verdict;
import io.meridian.edge.testing.FakeProfileStore;
import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a market's calendar does to a decision, and to how long it may be kept. */
class MarketTimeTest {
    private static final String MARKET = """
            id: xx
            countries: [DE, US]
            languages: [en]
            timeZone: Europe/Berlin
            currency: EUR
            dayParts: { morning: { from: "06:00", until: "11:00" }, night: { from: "22:00", until: "06:00" } }
            holidays:
              - { name: christmas, from: 2026-12-25, to: 2026-12-26 }
            """;

    @TempDir
    Path temporary;

    private Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        folder = TestBundles.copy(TestBundles.MINIMAL, temporary.resolve("config"));
        Files.writeString(folder.resolve("markets/xx/market.yaml"), MARKET);
        Files.writeString(folder.resolve("markets/xx/content.yaml"), """
                offers:
                  local-hint: { default: { title: Hint } }
                  tea: { default: { title: Tea } }
                """);
        Files.writeString(folder.resolve("markets/xx/offers.yaml"), """
                offers:
                  - { id: local-hint, category: shoes, placements: [hero], value: 2 }
                  - { id: tea, category: books, placements: [hero], value: 4, propensity: { base: 0.02 } }
                """);
    }

    @Test
    void aConditionReadsTheLocalMoment() throws IOException {
        rules(
                "context.daypart == \"night\" && context.weekday == \"sunday\" && context.hour == 3 && context.holiday == \"\"");
        assertEquals("tea", offer(decide("2026-03-29T01:30:00Z", "web", Explain.NONE)));
        assertEquals("local-hint", offer(decide("2026-03-29T00:30:00Z", "web", Explain.NONE)));
        assertEquals("local-hint", offer(decide("2026-03-30T01:30:00Z", "web", Explain.NONE)));
        rules("context.holiday == \"christmas\"");
        assertEquals("tea", offer(decide("2026-12-24T23:00:00Z", "web", Explain.NONE)));
    }

    @Test
    void aSharedAnswerIsKeptNoLongerThanTheNextEdgeItDependsOn() throws IOException {
        rules("context.country == \"DE\"");
        assertEquals(Long.MAX_VALUE, until("2026-02-10T08:59:30Z"));
        rules("context.hour >= 9");
        assertEquals(millis("2026-02-10T09:00:00Z"), until("2026-02-10T08:59:30Z"));
        rules("context.daypart == \"morning\"");
        assertEquals(millis("2026-02-10T10:00:00Z"), until("2026-02-10T08:59:30Z"));
        rules("context.weekday == \"monday\"");
        assertEquals(millis("2026-02-10T23:00:00Z"), until("2026-02-10T08:59:30Z"));
        rules("context.holiday == \"christmas\"");
        assertEquals(millis("2026-12-24T23:00:00Z"), until("2026-12-10T08:59:30Z"));
        // The clock goes back: what local time shows is over once and comes again.
        rules("context.hour == 2");
        assertEquals(millis("2026-10-25T01:00:00Z"), until("2026-10-25T00:30:00Z"));
        assertEquals(millis("2026-10-25T02:00:00Z"), until("2026-10-25T01:00:00Z"));
    }

    /** No edge can compare what nobody sends: these facts end an answer's life and never stand among what it varies by. */
    @Test
    void theMomentIsNoFieldOfTheRequest() throws IOException {
        rules(
                "context.hour >= 9 && context.daypart != \"\" && context.weekday != \"monday\" && context.country == \"DE\"");
        Decision decision = decide("2026-06-10T08:59:30Z", "web", Explain.NONE);
        assertTrue(decision.cache().shared());
        assertTrue(decision.cache().contextFields().contains("country"));
        for (String name : List.of("hour", "daypart", "weekday", "holiday")) {
            assertFalse(decision.cache().contextFields().contains(name), name);
        }
    }

    @Test
    void inQuietHoursAChannelGetsTheDefaultAndIsToldWhy() throws IOException {
        rules("true");
        append("markets/xx/market.yaml", "quietHours: [{ from: \"21:00\", until: \"08:00\", channels: [app] }]\n");
        Decision quiet = decide("2026-06-10T20:00:00Z", "app", Explain.REASONS);
        assertEquals(Rung.PLACEMENT_DEFAULT, quiet.placements().get(0).reason());
        assertEquals("local-hint", offer(quiet));
        assertEquals(Verdict.QUIET_HOURS, trace(quiet, "tea").verdict());
        assertEquals(millis("2026-06-11T06:00:00Z"), quiet.cache().until());
        assertEquals("tea", offer(decide("2026-06-10T20:00:00Z", "web", Explain.NONE)));
        assertEquals("tea", offer(decide("2026-06-10T06:00:00Z", "app", Explain.NONE)));
        // Without a channel it may be the web, which is not quiet; the answer still ends with the quiet hours.
        Decision anywhere = decide("2026-06-10T20:00:00Z", null, Explain.NONE);
        assertEquals("tea", offer(anywhere));
        assertEquals(millis("2026-06-11T06:00:00Z"), anywhere.cache().until());
        assertEquals(
                Long.MAX_VALUE,
                decide("2026-06-10T20:00:00Z", "web", Explain.NONE).cache().until());
    }

    @Test
    void anExcludedCategoryStaysOutForItsDays() throws IOException {
        rules("true");
        append(
                "markets/xx/market.yaml",
                "excludedCategories: [{ category: books, from: 2026-06-10, to: 2026-06-11 }]\n");
        assertEquals("tea", offer(decide("2026-06-09T21:59:59Z", "web", Explain.NONE)));
        Decision out = decide("2026-06-09T22:00:00Z", "web", Explain.REASONS);
        assertEquals("local-hint", offer(out));
        assertEquals(Verdict.CATEGORY_EXCLUDED, trace(out, "tea").verdict());
        assertEquals(
                "The market leaves the category books out until 2026-06-11T22:00:00Z.",
                trace(out, "tea").because());
        assertEquals(millis("2026-06-11T22:00:00Z"), out.cache().until());
        assertEquals("tea", offer(decide("2026-06-11T22:00:00Z", "web", Explain.NONE)));
    }

    @Test
    void aHigherPriorityGoesFirstWhateverTheScore() throws IOException {
        rules("true");
        Decision byScore = decide("2026-06-10T20:00:00Z", "web", Explain.REASONS);
        assertEquals("tea", offer(byScore));
        TestBundles.change(folder, "markets/xx/rules.yaml", "rules:", "rules:\n  - { offer: welcome, priority: 3 }");
        Decision byPriority = decide("2026-06-10T20:00:00Z", "web", Explain.REASONS);
        assertEquals("welcome", offer(byPriority));
        assertTrue(trace(byPriority, "welcome").because().startsWith("It has the highest priority of those left, 3,"));
        assertTrue(trace(byPriority, "tea").because().startsWith("Others have a higher priority than its 0"));
    }

    private void rules(String when) throws IOException {
        Files.writeString(folder.resolve("markets/xx/rules.yaml"), """
                rules:
                  - { offer: tea, lever: 8, when: '%s' }
                  - { offer: gold-sale, disabled: true }
                fallbacks: { hero: local-hint }
                """.formatted(when));
    }

    private void append(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.writeString(path, Files.readString(path) + text);
    }

    private long until(String now) {
        Decision decision = decide(now, "web", Explain.NONE);
        assertTrue(decision.cache().shared());
        return decision.cache().until();
    }

    private Decision decide(String now, @Nullable String channel, Explain explain) {
        ActiveBundle active = new ActiveBundle();
        active.activate(TestBundles.compile(folder, "here"), Instant.parse(now), "test");
        List<Exception> defects = new ArrayList<>();
        DecisionPipeline pipeline =
                new DecisionPipeline(active, new FakeProfileStore(), record -> {}, () -> 0, 20, defects::add);
        DecisionRequest request = new DecisionRequest(
                null,
                List.of(),
                null,
                List.of(new PlacementRequest("hero", 1)),
                new DecisionRequest.Context(null, "US", null, null, channel, null, Map.of()),
                ConsentInput.NONE,
                new DecisionRequest.Options(explain, false, 0));
        List<Decision> decisions = new ArrayList<>();
        pipeline.decide(
                request,
                new Moment(millis(now), "01936f00-0000-7000-8000-000000000000"),
                answer -> decisions.add(assertInstanceOf(Decision.class, answer)));
        assertEquals(List.of(), defects);
        return decisions.get(0);
    }

    private static String offer(Decision decision) {
        return String.valueOf(decision.placements().get(0).items().get(0).offer());
    }

    private static CandidateTrace trace(Decision decision, String offer) {
        List<CandidateTrace> traces = decision.placements().get(0).trace();
        return (traces == null ? List.<CandidateTrace>of() : traces)
                .stream()
                        .filter(trace -> trace.offer().equals(offer))
                        .findFirst()
                        .orElseThrow();
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}
