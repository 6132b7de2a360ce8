package io.meridian.edge.core.bundle;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever people do to their files, they get a whole bundle or problems, never an exception and never a part. */
class BundleMutationTest {
    private static final boolean THOROUGH = Boolean.getBoolean("meridian.thorough");
    private static final String SPICE = "{}[]:,-#&*!|>'\"%@`\t\n\\ 0.~?=<()\u0000\u2028é";

    @Test
    void theSmallConfigurationSurvivesAnyChange(@TempDir Path temporary) throws IOException {
        mutate(TestBundles.MINIMAL, "here", temporary, THOROUGH ? 20_000 : 400);
    }

    @Test
    void theSampleSurvivesAnyChange(@TempDir Path temporary) throws IOException {
        mutate(TestBundles.SAMPLE, "eu-central", temporary, THOROUGH ? 2_000 : 25);
    }

    private static void mutate(Path from, String region, Path temporary, int rounds) throws IOException {
        long seed = Long.getLong("meridian.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        Path folder = TestBundles.copy(from, temporary.resolve("mutated"));
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(files::add);
        }
        int fine = 0;
        for (int round = 0; round < rounds; round++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] original = Files.readAllBytes(file);
            String mutated = new String(original, java.nio.charset.StandardCharsets.UTF_8);
            int changes = 1 + random.nextInt(3);
            for (int i = 0; i < changes; i++) {
                mutated = change(mutated, random);
            }
            Files.writeString(file, mutated);
            String context = "meridian.seed=" + seed + " round " + round + " file " + file;
            try {
                BundleCompiler.Outcome outcome =
                        BundleLoader.check(BundleReader.read(folder), TestBundles.MODELS, region);
                fine += whole(outcome, context) ? 1 : 0;
            } catch (RuntimeException | StackOverflowError thrown) {
                throw new AssertionError(context + "\n" + mutated, thrown);
            }
            Files.write(file, original);
        }
        assertTrue(fine < rounds, "some change must be a mistake; seed " + seed);
    }

    private static boolean whole(BundleCompiler.Outcome outcome, String context) {
        if (outcome instanceof BundleCompiler.Outcome.Rejected rejected) {
            assertFalse(rejected.problems().isEmpty(), context);
            return false;
        }
        Bundle bundle = ((BundleCompiler.Outcome.Compiled) outcome).bundle();
        assertNotNull(bundle.region().defaultMarket(), context);
        int placements = bundle.region().defaultMarket().placements().size();
        for (Market market : bundle.markets().values()) {
            assertTrue(market.placements().size() == placements && placements > 0, context);
            for (PlacementPlan plan : market.placements().values()) {
                assertTrue(plan.fallback().condition() < 0, context);
                for (Candidate candidate : plan.candidates()) {
                    assertTrue(candidate.condition() < bundle.conditions().size(), context);
                    for (Candidate.Variant variant : candidate.variants()) {
                        for (byte[] content : variant.content()) {
                            assertTrue(content.length > 1, context);
                        }
                    }
                }
            }
        }
        return true;
    }

    private static String change(String text, SplittableRandom random) {
        if (text.isEmpty()) {
            return "x";
        }
        int at = random.nextInt(text.length());
        int length = Math.min(text.length() - at, 1 + random.nextInt(12));
        char spice = SPICE.charAt(random.nextInt(SPICE.length()));
        String before = text.substring(0, at);
        String after = text.substring(at);
        String[] lines = text.split("\n", -1);
        String line = lines[random.nextInt(lines.length)];
        return switch (random.nextInt(7)) {
            case 0 -> before + spice + after;
            case 1 -> before + text.substring(at + length);
            case 2 -> before + spice + text.substring(at + 1);
            case 3 -> before + text.substring(at, at + length) + after;
            case 4 -> text.replace(line + "\n", "");
            case 5 -> text.replace(line + "\n", line + "\n" + line + "\n");
            default -> before + lines[random.nextInt(lines.length)].strip() + after;
        };
    }
}
