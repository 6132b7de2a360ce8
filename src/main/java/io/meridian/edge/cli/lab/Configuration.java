package io.meridian.edge.cli.lab;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.adapter.config.ConfigFiles;
import io.meridian.edge.adapter.config.ConfigTree;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.Problem;
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

    /** Reads a folder. Throws {@link LabRefused} if some of it cannot be read at all. */
    public static Configuration read(Path path) throws LabRefused {
        ConfigFiles read = ConfigFiles.read(path);
        if (read.problems().stream().anyMatch(Problem::isError)) {
            throw new LabRefused(path.toString(), read.problems());
        }
        return new Configuration(
                path.toString(), read.files(), BundleReader.read(read.files()), ConfigTree.of(read.files()));
    }

    /** The ids of its regions. */
    public List<String> regions() {
        return source.regions().stream().map(one -> one.id().value()).distinct().toList();
    }
}
