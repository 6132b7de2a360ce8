package io.meridian.edge.cli;

import io.meridian.edge.adapter.release.SigningKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import picocli.CommandLine.Option;

/** The options that say who signs. */
final class SigningKeyChoice {
    @Option(names = "--key", required = true, paramLabel = "<pem>", description = "The file of your private key.")
    private Path file = Path.of("");

    @Option(
            names = "--key-id",
            required = true,
            paramLabel = "<id>",
            description = "The id under which trust.yaml lists the key, for example anna-de.")
    private String id = "";

    Path file() {
        return file;
    }

    String id() {
        return id;
    }

    /** Throws IllegalArgumentException that names the file if it holds no such key. */
    PrivateKey read() throws IOException {
        try {
            return SigningKeys.read(file);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
