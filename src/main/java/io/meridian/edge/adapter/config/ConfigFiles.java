package io.meridian.edge.adapter.config;

import io.meridian.edge.core.bundle.definition.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * The files of a configuration as they are, each read once: all YAML files, those of {@code tests/} and {@code requests/} included.
 *
 * @param files bytes by path relative to the configuration, with {@code /}
 * @param problems what could not be read
 */
public record ConfigFiles(SortedMap<String, byte[]> files, List<Problem> problems) {
    /** Reads a folder. Never throws for what is in it. */
    public static ConfigFiles read(Path folder) {
        Problems problems = new Problems();
        return new ConfigFiles(ConfigFolder.open(folder, problems).bytes(), problems.all());
    }
}
