package io.meridian.edge.core.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people read when they made a mistake. */
class BundleMistakesTest {
    private static final Path BUNDLES = Path.of("src/test/resources/bundles");

    /** Set {@code -Dmeridian.golden=write} to take what is printed as right, after reading it. */
    @ParameterizedTest
    @CsvSource({"mistakes,eu,20", "oversteps,here,8", "local,here,8"})
    void everyMistakeIsReportedAtOnceWithItsPlaceAndAdvice(String folder, String region, int codes) throws IOException {
        Path golden = BUNDLES.resolve(folder + ".golden.txt");
        List<Problem> problems = TestBundles.problems(BUNDLES.resolve(folder), region);
        String printed = problems.stream().map(Problem::toString).collect(Collectors.joining("\n", "", "\n"));
        if ("write".equals(System.getProperty("meridian.golden"))) {
            Files.writeString(golden, printed);
        }
        assertEquals(Files.readString(golden), printed);
        assertEquals(problems.stream().sorted().toList(), problems);
        assertTrue(problems.stream().map(Problem::code).distinct().count() >= codes);
    }

    /** One mistake in a good configuration is one problem: it does not drag others behind it. */
    @Test
    void oneMistakeIsOneProblem(@TempDir Path temporary) {
        String[][] mistakes = {
            {"global/attributes.yaml", "type: strings", "type: stings"},
            {"global/attributes.yaml", "class: sensitive", "class: sensible"},
            {
                "global/attributes.yaml",
                "name: tier, class: transaction, position: 0, type: string",
                "name: tier, class: transaction, position: 0, type: str"
            },
            {"global/attributes.yaml", "context:", "context: ["},
            {"global/placements.yaml", "maxItems: 2", "maxItems: 0"},
            {"global/placements.yaml", "static: { title: Welcome, url: / }", "static: welcome"},
            {"global/placements.yaml", "placements:", "placements: }"},
            {"global/caps.yaml", "window: 1d", "window: 1 day"},
            {"global/caps.yaml", "caps:", "caps: !!set"},
            {"global/segments.yaml", "segments:", "segments: ]"},
            {"global/segments.yaml", "profile.tier == \"gold\"", "profile.tier = \"gold\""},
            {"global/offers.yaml", "value: 12.5", "value: lots"},
            {"global/offers.yaml", "base: 0.02", "base: 2"},
            {"global/offers.yaml", "weight: 70", "weight: many"},
            {"global/offers.yaml", "when: segment.vip", "when: [segment.vip]"},
            {"global/offers.yaml", "offers:", "offers: {"},
            {"global/jurisdictions.yaml", "basis: opt-out", "basis: optout"},
            {"global/jurisdictions.yaml", "strictest: strict", "strictest: strictly"},
            {"global/jurisdictions.yaml", "regimes:", "regimes: ["},
            {"global/content/en.yaml", "cook-book:", "cookbook: { default: {} }\n  cook-book:"},
            {"global/content/en.yaml", "language: en", "language: [en"},
            {"markets/xx/market.yaml", "currency: EUR", "currency: 978"},
            {"markets/xx/market.yaml", "id: xx", "id: x\tx"},
            {"global/placements.yaml", "channels: [web, app]", "channels: []"},
            {"global/attributes.yaml", "values: [none, silver, gold]", "values: []"},
            {"global/offers.yaml", "id: c, when", "id: c, weight: 3, when"},
            {"global/offers.yaml", "    value: 4", "    markets: []\n    value: 4"},
            {"global/suppressions.yaml", "tags: [health]", "tags: []"},
            {"global/suppressions.yaml", "tags: [health]", ""},
            {"global/jurisdictions.yaml", "countries: [US]", "countries: []"},
            {"global/jurisdictions.yaml", "subdivisions: [CA-QC]", "subdivisions: []"},
            {
                "global/jurisdictions.yaml",
                "signals: [gpp, gpc, us-privacy]",
                "signals: [tcf, gpp]\n    tcf: { basis: vendor, vendor: 755 }"
            },
            {"markets/xx/market.yaml", "countries: [DE, US]", "countries: []"},
            {"regions/here.yaml", "countries: [DE, US]", "countries: []"},
            {"markets/xx/rules.yaml", "lever: 1.5", "lever: 9"},
            {"regions/here.yaml", "misrouted: contextual", "misrouted: nowhere"},
        };
        for (int i = 0; i < mistakes.length; i++) {
            Path folder = TestBundles.copy(TestBundles.MINIMAL, temporary.resolve("mistake" + i));
            TestBundles.change(folder, mistakes[i][0], mistakes[i][1], mistakes[i][2]);
            List<Problem> problems = TestBundles.problems(folder, "here");
            assertEquals(1, problems.size(), () -> problems.toString());
            assertEquals(mistakes[i][0], problems.get(0).file());
        }
    }
}
