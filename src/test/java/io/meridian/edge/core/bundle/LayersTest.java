package io.meridian.edge.core.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.core.bundle.Origin.Said;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Host, global, market, region: the stronger layer wins, and a locked key is nobody's but the centre's. */
class LayersTest {
    private static final int RULE_SETS = 300;
    private static final String LOCKS = """
            locks:
              - { key: offers.cook-book.*, ask: the safety team }
              - { key: offers.gold-sale.priority, ask: the campaign team }
              - { key: placements.tile.*, ask: product }
              - { key: caps.*.limit, ask: the privacy office }
            """;

    @TempDir
    Path temporary;

    @Test
    void theStrongestLayerWinsAndEveryWeakerOneIsNamed() {
        Path folder = copy();
        write(folder, "markets/xx/rules.yaml", "rules: [{ offer: gold-sale, lever: 1.5, priority: 5 }]\n");
        append(folder, "regions/here.yaml", """
                rules:
                  - { offer: gold-sale, lever: 0.5, when: 'context.country == "US"' }
                  - { offer: local-hint, disabled: true }
                placements: { hero: { maxItems: 1 } }
                caps: [{ id: once-a-day, window: 2d }]
                """);
        Map<String, Origin> origins = origins(folder);
        Origin lever = origins.get("offers.gold-sale.lever");
        assertEquals("1", lever.value());
        assertEquals(Layer.REGION, lever.layer());
        assertEquals("regions/here.yaml:8", String.valueOf(lever.where()));
        assertEquals(
                List.of("3 market", "2 global", "1 host"),
                lever.overrides().stream()
                        .map(said -> said.value() + " " + said.layer().label())
                        .toList());
        assertEquals("5", origins.get("offers.gold-sale.priority").value());
        assertEquals("false", origins.get("offers.local-hint.enabled").value());
        assertEquals("1", origins.get("placements.hero.maxItems").value());
        assertEquals("2d", origins.get("caps.once-a-day.window").value());
        assertEquals("1", origins.get("caps.once-a-day.limit").value());
        assertEquals(Layer.HOST, origins.get("offers.cook-book.lever").layer());
        assertTrue(origins.get("offers.gold-sale.when").value().endsWith("&& (context.country == \"US\")"));
        Candidate sale = candidate(TestBundles.compile(folder, "here"), "gold-sale");
        assertEquals(1.0, sale.lever());
        assertEquals(5, sale.priority());
        assertEquals(2 * 86_400, sale.caps()[0].windowSeconds());
    }

    @Test
    void amountsAreComparedInTheBaseCurrency() {
        Path folder = copy();
        write(folder, "global/currencies.yaml", "base: EUR\nrates: { INR: 90 }\n");
        TestBundles.change(folder, "markets/xx/rules.yaml", "value: 9", "value: { amount: 900, currency: INR }");
        assertEquals(
                10.0,
                candidate(TestBundles.compile(folder, "here"), "gold-sale").value());
        assertEquals("10 EUR", origins(folder).get("offers.gold-sale.value").value());
    }

    @Test
    void aRailIsShownWithWhoToAsk() {
        Path folder = copy();
        write(folder, "global/guardrails.yaml", LOCKS);
        Origin locked = origins(folder).get("offers.cook-book.lever");
        assertTrue(locked.rails().get(0).isLock());
        assertEquals("the safety team", locked.rails().get(0).ask());
        assertEquals("global/guardrails.yaml:2", locked.rails().get(0).where().toString());
        assertTrue(origins(folder).get("offers.local-hint.lever").rails().isEmpty());
    }

    /** Whatever a market and a region write: either it is refused, or what is locked is what the centre says. */
    @Test
    void nobodyBelowChangesALockedKey() {
        Path folder = locked();
        write(folder, "markets/xx/rules.yaml", "rules: []\n");
        Map<String, Origin> before = origins(folder);
        List<String> locked = before.values().stream()
                .filter(origin -> origin.rails().stream().anyMatch(Origin.Rail::isLock))
                .map(Origin::key)
                .toList();
        assertEquals(5 + 1 + 2 + 2, locked.size());
        int refused = 0;
        int accepted = 0;
        for (int seed = 0; seed < RULE_SETS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Path changed = locked();
            write(changed, "markets/xx/rules.yaml", changes(random));
            if (random.nextInt(3) == 0) {
                append(changed, "regions/here.yaml", changes(random));
            }
            List<Problem> problems = TestBundles.problems(changed, "here");
            if (problems.stream().anyMatch(problem -> problem.code().equals("locked-key"))) {
                refused++;
                continue;
            }
            accepted++;
            Map<String, Origin> after = origins(changed);
            for (String key : locked) {
                assertEquals(before.get(key).value(), after.get(key).value(), key + " of rule set " + seed);
            }
        }
        assertTrue(refused > RULE_SETS / 10 && accepted > RULE_SETS / 10, refused + " refused, " + accepted + " not");
    }

    /** Of three layers that may each say something or nothing, the strongest that says something counts. */
    @Test
    void regionWinsOverMarketWinsOverGlobalWinsOverHost() {
        for (int said = 0; said < 8; said++) {
            Path folder = copy();
            write(
                    folder,
                    "markets/xx/rules.yaml",
                    (said & 2) == 0 ? "" : "rules: [{ offer: cook-book, priority: 20 }]\n");
            if ((said & 1) != 0) {
                TestBundles.change(folder, "global/offers.yaml", "    value: 4", "    value: 4\n    priority: 10");
            }
            if ((said & 4) != 0) {
                append(folder, "regions/here.yaml", "rules: [{ offer: cook-book, priority: 30 }]\n");
            }
            Origin priority = origins(folder).get("offers.cook-book.priority");
            int strongest = (said & 4) != 0 ? 3 : (said & 2) != 0 ? 2 : said & 1;
            assertEquals(strongest * 10, Integer.parseInt(priority.value()));
            assertEquals(Layer.values()[strongest], priority.layer());
            List<Said> weaker = priority.overrides();
            assertEquals(strongest == 0 ? 0 : Integer.bitCount(said), weaker.size());
        }
    }

    @Test
    void aChangeOfALockedKeyIsSeenWhereverItComesFrom() {
        Path before = copy();
        write(before, "global/guardrails.yaml", LOCKS);
        Path after = copy();
        write(after, "global/guardrails.yaml", LOCKS);
        assertEquals(List.of(), changed(before, after));
        TestBundles.change(after, "global/offers.yaml", "value: 12.5", "value: 13");
        assertEquals(List.of(), changed(before, after));
        TestBundles.change(after, "global/offers.yaml", "    value: 4", "    value: 5");
        TestBundles.change(after, "global/content/en.yaml", "title: Cook book", "title: Cooking");
        TestBundles.change(after, "global/placements.yaml", "maxItems: 1", "maxItems: 2");
        List<String> keys = List.of("offers.cook-book.content", "offers.cook-book.value", "placements.tile.maxItems");
        assertEquals(keys, changed(before, after));
        assertEquals(keys, changed(after, before));
        List<String> all = new ArrayList<>(List.of("guardrails"));
        all.addAll(keys);
        TestBundles.change(after, "global/guardrails.yaml", LOCKS, "locks: []\n");
        assertEquals(all, changed(before, after));
    }

    /** What silences a locked offer without touching one of its keys is a change of it. */
    @Test
    void ofALockedOfferOrCapEverythingCounts() {
        String[][] changes = {
            {"global/offers.yaml", "tags: [health]", "tags: [health, new]", "offers.cook-book"},
            {"global/offers.yaml", "    tags: [health]", "    tags: [health]\n    markets: [xx]", "offers.cook-book"},
            {
                "global/offers.yaml",
                "    tags: [health]",
                "    tags: [health]\n    schedule: { until: 2026-05-01T00:00:00Z }",
                "offers.cook-book"
            },
            {"global/offers.yaml", "base: 0.02", "base: 0.03", "offers.cook-book.propensity"},
            {"global/suppressions.yaml", "legal: true", "legal: false", "offers.cook-book"},
            {"global/caps.yaml", "per: offer,", "per: offer-and-placement,", "caps.once-a-day"},
            {"global/placements.yaml", "ranking: { propensity: 1", "ranking: { propensity: 2", "placements.tile"},
            {"markets/xx/market.yaml", "countries: [DE, US]", "countries: [DE]", "markets.xx.countries"},
            {"global/offers.yaml", "tags: [sale]", "tags: [sales]", "offers.gold-sale"},
            {"global/offers.yaml", "id: welcome\n    category: shoes", "id: welcome\n    category: books", null}
        };
        String locks = LOCKS + "  - { key: markets.*.countries, ask: operations }\n";
        for (String[] change : changes) {
            Path before = copy();
            write(before, "global/guardrails.yaml", locks);
            Path after = copy();
            write(after, "global/guardrails.yaml", locks);
            TestBundles.change(after, change[0], change[1], change[2]);
            assertEquals(change[3] == null ? List.of() : List.of(change[3]), changed(before, after), change[2]);
        }
    }

    /** Whoever takes a fallback away is told so, not whoever named it. */
    @Test
    void aFallbackThatIsTakenAwayIsReportedWhereThatIsWritten() {
        for (String change : List.of("disabled: true", "when: 'context.country == \"DE\"'")) {
            Path folder = copy();
            write(folder, "markets/xx/rules.yaml", "rules: [{ offer: welcome, " + change + " }]\n");
            List<Problem> problems = TestBundles.problems(folder, "here");
            assertFalse(problems.isEmpty());
            problems.forEach(problem -> {
                assertEquals("bad-fallback", problem.code());
                assertEquals("markets/xx/rules.yaml", problem.file());
            });
        }
    }

    @Test
    void aCountryTwoMarketsClaimIsReportedInBoth() throws IOException {
        Path folder = copy();
        Files.createDirectories(folder.resolve("markets/aa"));
        String market = Files.readString(folder.resolve("markets/xx/market.yaml"));
        write(
                folder,
                "markets/aa/market.yaml",
                market.replace("id: xx", "id: aa").replace("DE, US", "US"));
        List<String> files = TestBundles.problems(folder, "here").stream()
                .filter(problem -> problem.code().equals("duplicate"))
                .map(Problem::file)
                .toList();
        assertEquals(List.of("markets/aa/market.yaml", "markets/xx/market.yaml"), files);
    }

    private static List<String> changed(Path before, Path after) {
        return List.copyOf(LockedKeys.changed(source(before), source(after)));
    }

    private static String changes(SplittableRandom random) {
        List<String> offers = List.of("gold-sale", "cook-book", "local-hint");
        List<String> values = List.of(
                "lever: 0.5",
                "value: 3",
                "priority: 7",
                "disabled: true",
                "disabled: false",
                "when: 'context.country == \"DE\"'");
        StringBuilder text = new StringBuilder("rules:\n  - { offer: welcome, lever: 1.1 }\n");
        for (String offer : offers) {
            if (random.nextInt(3) == 0) {
                text.append("  - { offer: ").append(offer).append(", ");
                text.append(values.get(random.nextInt(values.size()))).append(" }\n");
            }
        }
        if (random.nextInt(8) == 0) {
            text.append("fallbacks: { ")
                    .append(random.nextBoolean() ? "tile" : "hero")
                    .append(": local-hint }\n");
        }
        if (random.nextInt(8) == 0) {
            text.append("placements: { ")
                    .append(random.nextBoolean() ? "tile" : "hero")
                    .append(": { maxItems: 3 } }\n");
        }
        return text.toString();
    }

    private Path copy() {
        try {
            return TestBundles.copy(TestBundles.MINIMAL, Files.createTempDirectory(temporary, "bundle"));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private Path locked() {
        Path folder = copy();
        write(folder, "global/guardrails.yaml", LOCKS);
        write(folder, "markets/xx/suppressions.yaml", "suppressions: []\n");
        return folder;
    }

    private static void write(Path folder, String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void append(Path folder, String file, String text) {
        try {
            write(folder, file, Files.readString(folder.resolve(file)) + text);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static BundleSource source(Path folder) {
        BundleSource source = BundleReader.read(folder);
        assertFalse(
                source.problems().stream().anyMatch(Problem::isError),
                source.problems().toString());
        return source;
    }

    private static Map<String, Origin> origins(Path folder) {
        return Origins.of(source(folder), "here").stream()
                .collect(Collectors.toMap(Origin::key, origin -> origin, (one, other) -> one, LinkedHashMap::new));
    }

    private static Candidate candidate(Bundle bundle, String offer) {
        for (Candidate candidate :
                bundle.markets().get("xx").placements().get("hero").candidates()) {
            if (candidate.offer().equals(offer)) {
                return candidate;
            }
        }
        throw new AssertionError(offer);
    }
}
