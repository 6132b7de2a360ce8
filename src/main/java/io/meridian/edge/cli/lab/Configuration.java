package io.meridian.edge.cli.lab;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.adapter.config.ConfigFiles;
import io.meridian.edge.adapter.config.ConfigTree;
import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.adapter.release.ReleaseRefused;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * A configuration as it was read, not yet compiled.
 *
 * @param name what it is called on the command line
 * @param files every file, cases included, by path
 * @param source its definitions, with their problems
 * @param tree what is written where
 */
public record Configuration(String name, SortedMap<String, byte[]> files, BundleSource source, ConfigTree tree) {

    /** Reads a folder or an archive. Throws {@link LabRefused} if some of it cannot be read at all. */
    public static Configuration read(Path path) throws LabRefused {
        if (Files.isRegularFile(path)) {
            return of(path, archived(path));
        }
        ConfigFiles read = ConfigFiles.read(path);
        if (read.problems().stream().anyMatch(Problem::isError)) {
            throw new LabRefused(path.toString(), read.problems());
        }
        return of(path, read.files());
    }

    private static Configuration of(Path path, SortedMap<String, byte[]> files) {
        return new Configuration(path.toString(), files, BundleReader.read(files), ConfigTree.of(files));
    }

    /** Its files hold what its manifest says; who signed it is nobody's question here. */
    private static SortedMap<String, byte[]> archived(Path path) throws LabRefused {
        String problem;
        try {
            if (Files.size(path) <= Archive.MAX_BYTES) {
                return Archive.read(Files.readAllBytes(path)).files();
            }
            problem = "it is larger than " + Archive.MAX_BYTES + " bytes";
        } catch (ReleaseRefused refused) {
            problem = String.valueOf(refused.getMessage());
        } catch (IOException unreadable) {
            problem = "it cannot be read: " + unreadable.getMessage();
        }
        throw new LabRefused(path.toString(), List.of(new Problem(".", 0, 0, "bad-archive", problem, "")));
    }

    /** The ids of its regions. */
    public List<String> regions() {
        return source.regions().stream().map(one -> one.id().value()).distinct().toList();
    }
}
