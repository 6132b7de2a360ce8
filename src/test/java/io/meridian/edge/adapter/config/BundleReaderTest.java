package io.meridian.edge.adapter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
