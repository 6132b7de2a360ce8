package io.meridian.edge.core.bundle.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.core.bundle.ReachChecks;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read who wrote something that can be used and cannot be meant. */
class StaticChecksTest {
    private static final Path FOLDER = Path.of("src/test/resources/bundles/warnings");
    private static final Path GOLDEN = Path.of("src/test/resources/bundles/warnings.golden.txt");
    private static final String OWN_TEXT = "offers:\n  own: { default: { title: T } }\n";
    private static final Instant AS_OF = Instant.parse("2026-11-22T00:00:00Z");

    @TempDir
    private Path temporary;

    /** Set {@code -Dmeridian.golden=write} to take what is printed as right, after reading it. */
    @Test
    void everyMistakeIsAWarningWithItsPlaceAndAdvice() throws IOException {
        String printed = found(FOLDER).stream().map(Problem::toString).collect(Collectors.joining("\n", "", "\n"));
        if ("write".equals(System.getProperty("meridian.golden"))) {
            Files.writeString(GOLDEN, printed);
        }
        assertEquals(Files.readString(GOLDEN), printed);
    }

    /** Each warning of the golden file goes with what caused it, and what is written instead raises no other. */
    @Test
    void whatIsMendedIsNotWarnedOf() {
        String[][] mended = {
            {"global/caps.yaml", "  - { id: twice-a-day, limit: 2, window: 24h, per: offer }\n", "", "'twice-a-day'"},
            {"global/offers.yaml", "segment.early && segment.late", "segment.early || segment.late", "'two-of-a-group'"
            },
            {"global/offers.yaml", "hour > 20 && context", "hour > 20 || context", "'late-or-gold'"},
            {"global/segments.yaml", "active, kind: rfm", "active, kind: behaviour", "'vip' and in 'active'"},
            {"global/offers.yaml", "context.country == \"de\"", "context.country == \"DE\"", "a factor of"},
            {"global/offers.yaml", "cart.value > 50.0", "cart.value < 50.0", "'huge-cart'"},
            {"global/offers.yaml", "when: 'profile.tier == \"silver\"'", "when: 'has(profile.tier)'", "'golden'"},
            {"global/offers.yaml", "placements: [hero, kiosk]", "placements: [kiosk]", "'in-store'"},
            {"markets/xx/rules.yaml", "  - { offer: nobodys, disabled: true }\n", "", "'nobodys'"},
            {"global/offers.yaml", "placements: [], ", "placements: [hero], ", "'homeless'"},
            {"global/offers.yaml", "&& profile.health_interest'", "|| context.market == \"xx\"'", "'care-ad'"},
            {"global/offers.yaml", "[health], placements: [hero, tile]", "[health], placements: [hero]", "'health-book'"
            },
            {"global/offers.yaml", "until: 2026-09-01T00:00:00Z", "until: 2026-12-01T00:00:00Z", "'last-summer'"},
            {"global/offers.yaml", "2062-12-01", "2026-12-01", "'far-away'"},
            {
                "global/placements.yaml",
                "channels: [web]\n    maxItems: 1\n    fallback: welcome",
                "channels: [email]\n    maxItems: 1\n    fallback: welcome",
                "'hero' and 'banner'"
            },
            {"global/placements.yaml", "static: {}", "static: { title: Welcome }", "its 'static' is empty"},
            {
                "global/offers.yaml",
                "store-hours, category: shoes, tags: [health],",
                "store-hours, category: shoes,",
                "'store-hours'"
            },
            {
                "global/offers.yaml",
                "placements: [hero, banner]",
                "placements: [hero, banner, footer]",
                "the placement 'footer'"
            },
            {
                "global/segments.yaml",
                "priority: 10, when: 'has(profile.tier) && profile.tier == \"gold\"'",
                "priority: 30, when: 'has(profile.tier) && profile.tier == \"gold\"'",
                "'gold'"
            },
            {"global/attributes.yaml", "  - { name: weather, type: string }\n", "", "context.attributes.weather"},
            {
                "global/attributes.yaml",
                "  - { name: pregnant, class: sensitive, position: 1, type: bool, retention: 90d, owner: crm }\n",
                "",
                "profile.pregnant"
            },
            {"global/segments.yaml", "orders_90d < 3", "orders_90d < 8", "'sleeping'"},
            {"global/segments.yaml", "'has(profile.tier) || !has(profile.tier)'", "'has(profile.tier)'", "'everybody'"},
            {
                "global/offers.yaml",
                "segments: { gold: 0.03, ",
                "segments: { forgotten: 0.03, gold: 0.03, ",
                "'forgotten'"
            },
            {"global/suppressions.yaml", "hour >= 22 && context", "hour >= 22 || context", "'night-rest'"},
            {"global/suppressions.yaml", "categories: [toys]", "categories: [books]", "'no-toys'"},
            {"global/content/de.yaml", "offers:\n", "offers:\n  books-here: { default: { title: T } }\n", "has no text"
            },
            {"markets/xx/rules.yaml", "cart.value >= 100.0", "cart.value >= 200.0", "'big-baskets'"},
            {"markets/xx/rules.yaml", "cart.value > 30.0", "cart.value > 10.0", "'small-baskets'"},
            {"markets/xx/rules.yaml", "context.market == \"xx\"", "context.country == \"DE\"", "'books-here'"},
            {
                "markets/xx/rules.yaml",
                "context.daypart == \"brunch\"",
                "context.daypart == \"evening\"",
                "'welcome-back'"
            },
            {"markets/xx/rules.yaml", "context.hour < 24", "context.hour < 23", "context.hour < 24"},
            {"markets/xx/market.yaml", "date: 2026-10-04", "date: 2027-10-03", "'harvest'"},
            {"markets/xx/market.yaml", "to: 2026-04-01", "to: 2027-04-01", "'toys'"},
            {"regions/here.yaml", "markets: [xx]", "markets: [xx, yy]", "the market 'yy'"},
        };
        List<Problem> before = found(FOLDER);
        TreeSet<Problem> mendable = new TreeSet<>();
        for (int i = 0; i < mended.length; i++) {
            String[] change = mended[i];
            Path folder = TestBundles.copy(FOLDER, temporary.resolve("mended" + i));
            TestBundles.change(folder, change[0], change[1], change[2]);
            List<String> after =
                    found(folder).stream().map(StaticChecksTest::named).toList();
            List<Problem> gone =
                    before.stream().filter(one -> !after.contains(named(one))).toList();
            assertTrue(
                    gone.stream().anyMatch(one -> one.message().contains(change[3])), change[3] + " still in " + after);
            mendable.addAll(gone);
            List<String> known = before.stream().map(StaticChecksTest::named).toList();
            assertEquals(
                    List.of(),
                    after.stream().filter(one -> !known.contains(one)).toList(),
                    change[3]);
        }
        assertEquals(before, List.copyOf(mendable), "a warning that no change here takes away");
    }

    @Test
    void aLegalSuppressionThatNeverAppliesIsAnError() {
        Path folder = TestBundles.copy(FOLDER, temporary.resolve("legal"));
        TestBundles.change(folder, "global/suppressions.yaml", "legal: false", "legal: true");
        List<Problem> problems = TestBundles.problems(folder, "here");
        Problem first = problems.stream().filter(Problem::isError).findFirst().orElseThrow();
        assertEquals("never-true", first.code());
        assertTrue(first.message().contains("so what the law forbids is shown"), first.message());
        assertEquals(1, problems.stream().filter(Problem::isError).count());
    }

    /** A request for a television or a profile with a tier of tomorrow is accepted, and the law then has its say. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "has(context.device) && !(context.device in [\"mobile\", \"tablet\", \"desktop\", \"kiosk\"])",
                "has(context.channel) && !(context.channel in [\"web\", \"app\", \"email\", \"kiosk\"])",
                "has(profile.tier) && !(profile.tier in [\"none\", \"silver\", \"gold\"])"
            })
    void nothingIsRefusedForValuesThatNobodyIsHeldTo(String condition) {
        Path folder = TestBundles.copy(FOLDER, temporary.resolve("declared"));
        TestBundles.change(
                folder,
                "global/suppressions.yaml",
                "legal: false\n    when: 'context.attributes",
                "legal: true\n    when: 'context.attributes");
        TestBundles.change(
                folder,
                "global/suppressions.yaml",
                "context.attributes.hour >= 22 && context.attributes.hour < 6",
                condition);
        List<String> about = TestBundles.warnings(folder, "here").stream()
                .map(Problem::message)
                .filter(message -> message.contains("'night-rest'"))
                .toList();
        assertEquals(1, about.size());
        assertTrue(
                about.get(0)
                        .startsWith(
                                "the condition of the suppression 'night-rest' is never true by its declared values: "),
                about.get(0));
    }

    /** Market yy has a brunch, market xx has not. */
    @Test
    void whatAMarketWritesIsJudgedByItsOwnCalendar() throws IOException {
        Path folder = TestBundles.copy(FOLDER, temporary.resolve("own"));
        TestBundles.change(folder, "regions/here.yaml", "markets: [xx]", "markets: [xx, yy]");
        String offers =
                "offers:\n  - { id: own, category: shoes, placements: [hero], value: 1, when: 'context.daypart == \"brunch\"' }\n";
        String law =
                "suppressions:\n  - { id: law, legal: true, when: 'context.market == \"yy\"', offers: { tags: [health] } }\n";
        Files.writeString(folder.resolve("markets/xx/offers.yaml"), offers);
        Files.writeString(folder.resolve("markets/xx/content.yaml"), OWN_TEXT);
        Files.writeString(folder.resolve("markets/xx/suppressions.yaml"), law);
        Files.writeString(folder.resolve("markets/yy/suppressions.yaml"), law.replace("id: law", "id: law-there"));
        List<Problem> problems = TestBundles.problems(folder, "here");
        assertEquals(
                List.of("markets/xx/suppressions.yaml"),
                problems.stream().filter(Problem::isError).map(Problem::file).toList());
        assertEquals(
                List.of("the condition of the offer 'own' is never true: context.daypart == \"brunch\" never holds"),
                problems.stream()
                        .filter(one -> one.file().equals("markets/xx/offers.yaml"))
                        .map(Problem::message)
                        .toList());
    }

    @Test
    void offersOfOneIdInTwoMarketsAreTwo() throws IOException {
        Path folder = TestBundles.copy(FOLDER, temporary.resolve("two"));
        TestBundles.change(folder, "regions/here.yaml", "markets: [xx]", "markets: [xx, yy]");
        String offers = "offers:\n  - { id: own, category: shoes, tags: [health], placements: [tile], value: 1 }\n";
        for (String market : List.of("xx", "yy")) {
            Files.writeString(folder.resolve("markets/" + market + "/offers.yaml"), offers);
            Files.writeString(folder.resolve("markets/" + market + "/content.yaml"), OWN_TEXT);
        }
        assertEquals(List.of("wrong-purpose", "wrong-purpose"), codesOfOwn(folder));
        Files.writeString(folder.resolve("markets/yy/rules.yaml"), "rules:\n  - { offer: own, disabled: true }\n");
        assertEquals(List.of("wrong-purpose", "unreachable-offer"), codesOfOwn(folder));
    }

    private static List<String> codesOfOwn(Path folder) {
        return found(folder).stream()
                .filter(one -> one.message().contains("'own'") && !one.code().equals("missing-language"))
                .map(Problem::code)
                .toList();
    }

    @Test
    void schedulesAreJudgedByTheTimeGiven() {
        assertEquals(List.of("far-away"), scheduled("2026-03-31T21:59:59Z"));
        assertEquals(List.of("far-away", "toys"), scheduled("2026-08-31T23:59:59Z"));
        assertEquals(List.of("last-summer", "far-away", "toys"), scheduled("2026-09-01T00:00:00Z"));
        assertEquals(List.of("last-summer", "harvest", "toys"), scheduled("2061-12-01T00:00:00Z"));
    }

    /** Some offers have no Spanish or Hindi text; nothing else is warned of but what depends on the date. */
    @ParameterizedTest
    @ValueSource(strings = {"eu-central", "us-east", "ap-south"})
    void theSampleIsAsMeant(String region) {
        List<Problem> warnings = new ArrayList<>(TestBundles.warnings(TestBundles.SAMPLE, region));
        warnings.addAll(ReachChecks.run(BundleReader.read(TestBundles.SAMPLE)));
        warnings.removeIf(warning -> warning.code().equals("missing-language")
                && (warning.message().contains(" in 'es' ") || warning.message().contains(" in 'hi' ")));
        assertEquals(List.of(), warnings);
    }

    /** A flood has one cause: it is cut off, and says so. */
    @Test
    void warningsAreBounded() {
        Warnings warnings = new Warnings();
        for (int i = 0; i < Warnings.MOST + 2; i++) {
            warnings.warn(Where.file("a.yaml"), "code", "message " + i, "");
        }
        List<Problem> all = warnings.all();
        assertEquals(Warnings.MOST + 1, all.size());
        assertEquals("and 2 more warnings", all.get(Warnings.MOST).message());
    }

    private static List<String> scheduled(String asOf) {
        return ScheduleChecks.run(BundleReader.read(FOLDER), Instant.parse(asOf)).stream()
                .map(problem -> problem.message().split("'")[1])
                .toList();
    }

    private static List<Problem> found(Path folder) {
        TreeSet<Problem> found = new TreeSet<>(TestBundles.warnings(folder, "here"));
        found.addAll(ReachChecks.run(BundleReader.read(folder)));
        found.addAll(ScheduleChecks.run(BundleReader.read(folder), AS_OF));
        return List.copyOf(found);
    }

    /** Without its place and the number of all offers, which change with something else. */
    private static String named(Problem problem) {
        return problem.file() + " " + problem.code() + " " + problem.message().replaceAll("of \\d+ offers", "offers");
    }
}
