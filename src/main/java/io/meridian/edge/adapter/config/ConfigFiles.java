package io.meridian.edge.adapter.config;

import io.meridian.edge.core.bundle.definition.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * The files of a configuration as they are, each read once: all YAML files, those of {@code tests/} and {@code requests/} included.
 *
 * @param files bytes by path relative to the configuration, with {@code /}
 * @param problems what could not be read
 */
public record ConfigFiles(SortedMap<String, byte[]> files, List<Problem> problems) {
    private static final Pattern TESTS = Pattern.compile("(global|markets/[^/]+)/tests/[^/]+\\.yaml");
    private static final Pattern REQUESTS = Pattern.compile("((global|markets/[^/]+)/)?requests/[^/]+\\.yaml");

    /** True for a file of cases, {@code global/tests/*.yaml} or {@code markets/<market>/tests/*.yaml}; no other is ever run. */
    public static boolean isTests(String path) {
        return TESTS.matcher(path).matches();
    }

    /** True for a file of requests kept beside the rules: {@code requests/*.yaml}, there or in {@code global} or a market. */
    static boolean isRequests(String path) {
        return REQUESTS.matcher(path).matches();
    }

    /** Reads a folder. Never throws for what is in it. */
    public static ConfigFiles read(Path folder) {
        Problems problems = new Problems();
        return new ConfigFiles(ConfigFolder.open(folder, problems).bytes(), problems.all());
    }
}
