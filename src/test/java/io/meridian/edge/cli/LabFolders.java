package io.meridian.edge.cli;

import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Configurations to try commands on. */
final class LabFolders {
    static final Path CASES = Path.of("src/test/resources/cases");

    private LabFolders() {}

    /** A copy of the small configuration, with these cases for its market. */
    static Path minimal(Path under, String... cases) throws IOException {
        Path folder = TestBundles.copy(
                TestBundles.MINIMAL,
                Files.createDirectory(under.resolve("minimal")).resolve("config"));
        Path tests = Files.createDirectories(folder.resolve("markets/xx/tests"));
        for (String file : cases) {
            Files.copy(CASES.resolve(file), tests.resolve(file));
        }
        return folder;
    }

    /** A copy of a configuration beside it. */
    static Path other(Path folder) {
        return TestBundles.copy(folder, folder.resolveSibling("changed"));
    }

    /** What is expected, from a file beside the cases. */
    static String golden(String name) throws IOException {
        return Files.readString(CASES.resolve(name));
    }
}
