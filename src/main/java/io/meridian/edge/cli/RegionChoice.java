package io.meridian.edge.cli;

import io.meridian.edge.adapter.redis.RegionKey;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say whose data a Redis holds. */
final class RegionChoice {
    @Option(names = "--region", required = true, description = "The region's id.")
    private String id = "";

    @Option(
            names = "--region-key-file",
            required = true,
            description = "File with the region's key: at least 32 bytes in Base64.")
    private Path keyFile = Path.of("");

    String id() {
        return id;
    }

    /** Throws IOException or IllegalArgumentException if the file cannot be read or holds none. */
    RegionKey key() throws IOException {
        return RegionKey.read(keyFile);
    }
}
