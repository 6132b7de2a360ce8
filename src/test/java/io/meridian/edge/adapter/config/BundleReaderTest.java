package io.meridian.edge.adapter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BundleReaderTest {
    private static final Path SAMPLE = Path.of("edge-config");

    @Test
    void filesInMemoryReadAsTheyDoOnDisk() {
        BundleSource onDisk = BundleReader.read(SAMPLE);
        BundleSource inMemory = BundleReader.read(files(SAMPLE));
        assertFalse(onDisk.files().isEmpty());
        assertEquals(onDisk.files(), inMemory.files());
        assertEquals(List.of(), inMemory.problems());
    }

    @Test
    void mistakesInMemoryAreThoseOnDisk() {
        Path mistakes = Path.of("src/test/resources/bundles/mistakes");
        List<Problem> onDisk = BundleReader.read(mistakes).problems();
        assertFalse(onDisk.isEmpty());
        assertEquals(onDisk, BundleReader.read(files(mistakes)).problems());
    }

    @Test
    void hiddenFilesAndThoseOfOtherKindsAreNoneOfOurs() {
        SortedMap<String, byte[]> files = files(SAMPLE);
        for (String path : List.of(".hidden.yaml", "markets/.git/config.yaml", "notes.txt")) {
            files.put(path, "[".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(List.of(), BundleReader.read(files).problems());
    }

    /** They are words of roles: whoever may change the market {@code locked} could change what is locked. */
    @Test
    void noMarketIsCalledAsOneOfTheWordsOfRoles() {
        for (String word : List.of("global", "locked")) {
            SortedMap<String, byte[]> files = files(SAMPLE);
            String market = new String(files.get("markets/de/market.yaml"), StandardCharsets.UTF_8);
            String renamed = market.replaceFirst("(?m)^id: *de\\b", "id: " + word);
            files.put("markets/" + word + "/market.yaml", renamed.getBytes(StandardCharsets.UTF_8));
            List<Problem> problems = BundleReader.read(files).problems().stream()
                    .filter(problem -> problem.code().equals("reserved"))
                    .toList();
            assertEquals(1, problems.size(), problems::toString);
            assertEquals("markets/" + word + "/market.yaml", problems.get(0).file());
            assertTrue(problems.get(0).line() > 0);
            assertTrue(problems.get(0).message().contains("'" + word + "'"), problems::toString);
        }
    }

    @Test
    void tenThousandOffersMayStandInOneFile() {
        StringBuilder offers = new StringBuilder("categories: [shoes]\noffers:\n");
        StringBuilder content = new StringBuilder("language: en\noffers:\n");
        for (int i = 0; i < 10_000; i++) {
            offers.append("  - id: offer-")
                    .append(i)
                    .append("\n    category: shoes\n    placements: [hero]\n    value: ");
            offers.append(1 + i % 7)
                    .append("\n    when: 'profile.orders_90d == ")
                    .append(i);
            offers.append(" && context.country in [\"DE\", \"FR\"]'\n    propensity: { base: 0.01 }\n");
            offers.append("    variants: [{ id: a, weight: 1 }, { id: b, weight: 1 }]\n");
            content.append("  offer-")
                    .append(i)
                    .append(": { default: { title: Shoes, body: Shoes for all, url: / } }\n");
        }
        SortedMap<String, byte[]> files = files(SAMPLE);
        files.put("global/offers.yaml", offers.toString().getBytes(StandardCharsets.UTF_8));
        files.put("global/content/en.yaml", content.toString().getBytes(StandardCharsets.UTF_8));
        BundleSource source = BundleReader.read(files);
        assertEquals(List.of(), source.problems());
        assertEquals(10_000, source.global().offers().size());
    }

    @Test
    void filesHaveALargestSizeEachAndTogether() {
        SortedMap<String, byte[]> files = files(SAMPLE);
        files.put("global/caps.yaml", new byte[ConfigFolder.MAX_FILE_BYTES + 1]);
        assertEquals(
                List.of("global/caps.yaml: the file is larger than 16777216 bytes [too-large]\n    split it"),
                BundleReader.read(files).problems().stream()
                        .map(Problem::toString)
                        .toList());
        String line = "#".repeat(1_023) + "\n";
        byte[] comment =
                line.repeat(ConfigFolder.MAX_TOTAL_BYTES / 3 / line.length()).getBytes(StandardCharsets.UTF_8);
        for (String market : List.of("de", "fr", "gb", "us")) {
            files.put("markets/" + market + "/rules.yaml", comment);
        }
        files.put("global/caps.yaml", "caps: []".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                List.of(".: the files are larger than 33554432 bytes [too-large]"),
                BundleReader.read(files).problems().stream()
                        .map(Problem::toString)
                        .toList());
    }

    private static SortedMap<String, byte[]> files(Path folder) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
