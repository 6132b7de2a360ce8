package io.meridian.edge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.meridian.edge.adapter.redis.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkRegionCommandTest {
    @TempDir
    private Path folder;

    private CommandRun mark(String url, String region) throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        return CommandRun.of("mark-region", "--redis", url, "--region", region, "--region-key-file", key.toString());
    }

    @Test
    void itSaysWhatItFoundAndWhyItCouldNot() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            assertEquals(
                    new CommandRun(0, "Marked as eu-central." + System.lineSeparator(), ""),
                    mark(redis.url(), "eu-central"));
            assertEquals(
                    "It was marked as eu-central already." + System.lineSeparator(),
                    mark(redis.url(), "eu-central").out());
            assertEquals(1, mark(redis.url(), "us-east").exit());
            CommandRun refused = mark("redis://:guess@127.0.0.1:" + redis.port(), "eu-central");
            assertEquals(1, refused.exit());
            assertEquals(
                    "mark-region: Redis does not accept the user or the password (AUTH)" + System.lineSeparator(),
                    refused.err());
        }
    }
}
