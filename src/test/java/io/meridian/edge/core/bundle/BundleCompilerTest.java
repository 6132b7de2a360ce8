package io.meridian.edge.core.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.frequency.FrequencyCap;
import io.meridian.edge.core.model.Basis;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.testing.TestBundles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleCompilerTest {
    private static final Bundle BUNDLE = TestBundles.minimal();
    private static final Market MARKET = BUNDLE.region().defaultMarket();

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"eu-central", "us-east", "ap-south"})
    void theSampleCompiles(String region) {
        Bundle bundle = TestBundles.sample(region);
        assertEquals(region, bundle.region().id());
        assertEquals(
                List.of("churn-risk"),
                bundle.subjectModels().stream().map(SubjectModel::name).toList());
        bundle.markets()
                .values()
                .forEach(market -> assertEquals(8, market.placements().size()));
    }

    @Test
    void aMarketIsTheGlobalLayerWithItsOwnOnTop() {
        PlacementPlan hero = plan("hero");
        assertEquals(
                List.of("welcome", "gold-sale", "cook-book", "local-hint"),
                Arrays.stream(hero.candidates()).map(Candidate::offer).toList());
        assertEquals("local-hint", hero.fallback().offer());
        assertSame(hero.candidates()[3], hero.fallback());
        assertEquals("welcome", plan("tile").fallback().offer());
        Candidate sale = hero.candidates()[1];
        assertEquals(3.0, sale.lever());
        assertEquals(9.0, sale.value());
        assertEquals(
                "(profile.tier == \"gold\" && context.device in [\"mobile\", \"tablet\"]) && (context.country == \"DE\")",
                BUNDLE.conditions().at(sale.condition()).text());
        assertEquals(Instant.parse("2026-03-01T00:00:00Z").toEpochMilli(), sale.from());
        assertEquals(Instant.parse("2026-04-30T22:00:00Z").toEpochMilli(), sale.until());
    }

    @Test
    void suppressionsOfBothLayersApplyByTagAndCategory() {
        assertEquals(
                List.of("health", "no-books-in-cart"), suppressions(plan("hero").candidates()[2]));
        assertEquals(List.of("no-books-in-cart"), suppressions(plan("hero").candidates()[3]));
        assertEquals(List.of(), suppressions(plan("hero").candidates()[1]));
    }

    @Test
    void contentFollowsTheMarketsLanguages() {
        Candidate sale = plan("hero").candidates()[1];
        assertEquals("{\"title\":\"Gold-Verkauf\"}", text(sale.variants()[0].content()[0]));
        assertEquals(
                "{\"title\":\"Gold sale\",\"cta\":\"Buy\"}",
                text(sale.variants()[0].content()[1]));
        assertEquals(
                "{\"title\":\"Gold sale B\",\"cta\":\"Buy\"}",
                text(sale.variants()[1].content()[1]));
        // German is the market's only text: English falls back to it.
        assertEquals(
                "{\"title\":\"Hinweis\"}",
                text(plan("hero").fallback().variants()[0].content()[1]));
        assertEquals(
                "{\"title\":\"Advertisement\",\"rank\":1,\"live\":true,\"tags\":[\"a\",\"b\"]}",
                text(plan("tile").staticContent()));
    }

    @Test
    void variantsAreDrawnByCumulatedWeightOrChosenByRule() {
        Candidate.Variant[] variants = plan("hero").candidates()[1].variants();
        assertEquals(30, variants[0].weightUpTo());
        assertEquals(100, variants[1].weightUpTo());
        assertEquals(0, variants[2].weightUpTo());
        assertEquals(
                "segment.vip", BUNDLE.conditions().at(variants[2].condition()).text());
    }

    @Test
    void priorsFollowTheOrderOfTheSegments() {
        double[] priors = plan("hero").candidates()[1].segmentPriors();
        for (int i = 0; i < priors.length; i++) {
            assertEquals(BUNDLE.segments().at(i).id().equals("vip") ? 0.08 : -1, priors[i]);
        }
        assertArrayEquals(new double[0], plan("hero").candidates()[0].segmentPriors());
    }

    @Test
    void aPlacementNamesTheDataItsAnswerRestsOn() {
        int expected = DataClass.TRANSACTION.bit() | DataClass.SENSITIVE.bit() | DataClass.EXPOSURE.bit();
        assertEquals(expected, plan("hero").dataClasses());
        assertEquals(
                List.of("country", "device", "locale", "page.type"),
                plan("hero").contextFields());
        assertEquals(
                DataClass.TRANSACTION.bit() | DataClass.EXPOSURE.bit(),
                plan("tile").dataClasses());
        assertEquals(Purpose.SELECT_ADS, plan("tile").profilePurpose());
        assertEquals(FrequencyCap.Per.PLACEMENT, plan("tile").caps()[0].per());
        assertTrue(plan("tile").caps()[0].windowSeconds() == 86_400);
    }

    @Test
    void onlyFactsSomebodyLooksAtHaveASlotToFill() {
        assertEquals(-1, BUNDLE.context().locale());
        assertNotEquals(-1, BUNDLE.context().country());
        assertEquals(-1, attribute("cart.value").slot());
        assertNotEquals(-1, attribute("page.type").slot());
        assertEquals(-1, BUNDLE.profile().slots(DataClass.IDENTITY)[0]);
        assertNotEquals(-1, BUNDLE.profile().slots(DataClass.TRANSACTION)[0]);
    }

    @Test
    void aSubdivisionWinsOverItsCountryAndTheUnknownIsStrict() {
        Jurisdictions jurisdictions = BUNDLE.jurisdictions();
        assertEquals("open", jurisdictions.of("CA", "QC").law().id());
        // Named the strictest, it still asks for less than "open" does of sensitive data.
        assertEquals("strict+open", jurisdictions.of("CA", "ON").law().id());
        assertEquals("open", jurisdictions.of("US", null).law().id());
        assertEquals(Basis.NEVER, jurisdictions.of("US", null).law().basis(DataClass.SENSITIVE, Purpose.MEASURE));
        assertNotNull(jurisdictions.strictest().tcfBasis());
    }

    @Test
    void offersThatLookAlikeToAModelShareARow() {
        Candidate[] candidates = plan("hero").candidates();
        assertEquals(candidates[0].row(), candidates[1].row());
        assertEquals(candidates[2].row(), candidates[3].row());
        assertNotEquals(candidates[0].row(), candidates[2].row());
    }

    @Test
    void theDigestChangesWithAnyFileAndWithNothingElse(@TempDir Path folder) {
        assertEquals(BUNDLE.digest(), TestBundles.minimal().digest());
        TestBundles.copy(TestBundles.MINIMAL, folder.resolve("copy"));
        TestBundles.change(folder.resolve("copy"), "global/content/en.yaml", "Buy", "Get");
        assertNotEquals(
                BUNDLE.digest(),
                TestBundles.compile(folder.resolve("copy"), "here").digest());
    }

    @Test
    void theDigestChangesWithTheRegionAndWithAModelsCard(@TempDir Path folder) {
        String digest = TestBundles.sample("eu-central").digest();
        assertNotEquals(digest, TestBundles.sample("us-east").digest());
        Path models = folder.resolve("models");
        TestBundles.copy(TestBundles.MODELS.resolve("churn-risk"), models.resolve("churn-risk"));
        TestBundles.copy(TestBundles.MODELS.resolve("purchase-propensity"), models.resolve("purchase-propensity"));
        assertEquals(digest, compiled(TestBundles.SAMPLE, models).digest());
        TestBundles.change(models, "purchase-propensity/1/model.yaml", "threshold: 0.005", "threshold: 0.006");
        assertNotEquals(digest, compiled(TestBundles.SAMPLE, models).digest());
    }

    @Test
    void aPlacementNamesOnlyTheGroupsAndModelsItUses() {
        int transaction = DataClass.TRANSACTION.bit();
        String segments = "profile.orders_90d >= 2' }\n  - { id: polyglot, kind: rfm, group: speech, priority: 1,"
                + " when: 'has(profile.language) && profile.language == \"de\"' }";
        Path config = TestBundles.copy(TestBundles.MINIMAL, temporary.resolve("minimal"));
        TestBundles.change(config, "global/segments.yaml", "profile.orders_90d >= 2' }", segments);
        Bundle bundle = TestBundles.compile(config, "here");
        PlacementPlan tile = bundle.region().defaultMarket().placements().get("tile");
        assertNotNull(tile);
        assertEquals(transaction | DataClass.EXPOSURE.bit(), tile.dataClasses());
        assertTrue(tile.usesSegments());
        assertArrayEquals(new int[0], tile.subjectModels());

        Bundle sample = TestBundles.sample("eu-central");
        Market market = sample.region().defaultMarket();
        PlacementPlan hero = market.placements().get("home-hero");
        assertNotNull(hero);
        assertArrayEquals(new int[] {0}, hero.subjectModels());
        for (String unforeseen : List.of("cart-nudge", "sponsored-tile", "kiosk-welcome")) {
            PlacementPlan plan = market.placements().get(unforeseen);
            assertNotNull(plan);
            assertArrayEquals(new int[0], plan.subjectModels(), unforeseen);
        }
    }

    @Test
    void aModelRanksOnlyForPurposesOfItsCard() {
        assertEquals(
                Purpose.SELECT_CONTENT.bit(),
                TestBundles.sample("eu-central").subjectModels().get(0).purposes());
        Path config = TestBundles.copy(TestBundles.SAMPLE, temporary.resolve("sample"));
        TestBundles.change(
                config,
                "global/placements.yaml",
                "no model of the visitor is used.\n    ranking: { propensity",
                "no model of the visitor is used.\n    ranking: { model: purchase-propensity, propensity");
        List<Problem> problems = TestBundles.problems(config, "eu-central");
        assertEquals(1, problems.size(), problems::toString);
        assertEquals("wrong-purpose", problems.get(0).code());
        assertEquals("global/placements.yaml", problems.get(0).file());
        assertEquals(23, problems.get(0).column());
    }

    @Test
    void anUnknownRegionIsAProblem() {
        assertEquals(
                List.of("regions/hre.yaml: there is no region 'hre' [missing-file]\n    did you mean 'here'?"),
                TestBundles.problems(TestBundles.MINIMAL, "hre").stream()
                        .map(Problem::toString)
                        .toList());
    }

    private static Bundle compiled(Path config, Path models) {
        BundleCompiler.Outcome outcome = BundleLoader.check(BundleReader.read(config), models, "eu-central");
        if (outcome instanceof BundleCompiler.Outcome.Rejected rejected) {
            throw new AssertionError(rejected.problems().toString());
        }
        return ((BundleCompiler.Outcome.Compiled) outcome).bundle();
    }

    private static PlacementPlan plan(String id) {
        PlacementPlan plan = MARKET.placements().get(id);
        assertNotNull(plan);
        return plan;
    }

    private static Bundle.ContextAttributeSlot attribute(String name) {
        Bundle.ContextAttributeSlot slot = BUNDLE.context().attributes().get(name);
        assertNotNull(slot);
        return slot;
    }

    private static List<String> suppressions(Candidate candidate) {
        return Arrays.stream(candidate.suppressions()).map(one -> one.id()).toList();
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
