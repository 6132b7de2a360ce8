package io.meridian.edge.benchmark;

import io.meridian.edge.app.BundleLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** The generated configuration, compiled in this process. Run from the project's folder. */
public final class GeneratedBundle {
    /** The placement every market fills. */
    public static final String PLACEMENT = BundleGenerator.PLACEMENT;

    static final String REGION = "eu-central";

    private GeneratedBundle() {}

    /** Generates, compiles and loads; throws if anything of it is refused. */
    public static BundleLoader.Result.Loaded load() throws IOException {
        Path folder = Files.createTempDirectory("meridian-benchmark");
        try {
            BundleGenerator.write(folder, Path.of("edge-config"));
            return load(folder);
        } finally {
            delete(folder);
        }
    }

    /** Compiles what was generated before. */
    static BundleLoader.Result.Loaded load(Path folder) {
        BundleLoader.Result result = BundleLoader.load(folder, Path.of("models"), REGION);
        if (result instanceof BundleLoader.Result.Loaded loaded) {
            return loaded;
        }
        throw new IllegalStateException("the generated configuration: "
                + ((BundleLoader.Result.Refused) result)
                        .problems().stream().limit(10).toList());
    }

    /** The market with so many rules and candidates. */
    public static String market(int rules, int candidates) {
        return BundleGenerator.market(rules, candidates);
    }

    /** The visitor's attributes. */
    public static Map<String, Object> profile() {
        return Visitors.profile();
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }
}
