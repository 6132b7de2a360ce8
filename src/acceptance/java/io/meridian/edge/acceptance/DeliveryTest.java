package io.meridian.edge.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signed configuration on its way to an edge: taken, refused, kept over a restart, and taken back. */
class DeliveryTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void needsAnExecutable() {
        Executable.path();
    }

    @Test
    void whatIsSignedIsTakenAndCanBeTakenBack() throws Exception {
        Signers signers = new Signers(folder);
        Path config = Folders.copy(Path.of("edge-config"), folder.resolve("config"));
        revision(config, 10);
        String first =
                signers.bundle(config, Path.of("edge-config").toAbsolutePath().toString(), "first");
        revision(config, 11);
        String second = signers.bundle(config, first, "second");
        String[] arguments = {"--demo", "--region=eu-central", "--trust-file=" + signers.trust()};

        try (Service edge = Service.start(folder, arguments).ready()) {
            assertEquals(2, active(edge).path("revision").asInt());
            Executable.Ran unsigned = push(edge, first);
            assertEquals(1, unsigned.exit(), unsigned.toString());
            signers.sign(first);
            byte[] damaged = Files.readAllBytes(Path.of(first));
            damaged[damaged.length / 2] ^= 1;
            Path broken = Files.write(folder.resolve("broken.zip"), damaged);
            assertEquals(1, push(edge, broken.toString()).exit());
            assertEquals(2, active(edge).path("revision").asInt(), "what is refused changes nothing");

            Executable.Ran taken = push(edge, first);
            assertEquals(0, taken.exit(), taken.toString());
            assertEquals(10, active(edge).path("revision").asInt());
            signers.sign(second);
            assertEquals(0, push(edge, second).exit());
            assertEquals(11, active(edge).path("revision").asInt());
        }
        try (Service edge = Service.start(folder, arguments).ready()) {
            assertEquals(11, active(edge).path("revision").asInt(), "kept over the restart");
            Executable.Ran back = Executable.run(
                    folder,
                    "rollback",
                    "--url=" + edge.adminUrl(),
                    "--key=" + signers.key("anna"),
                    "--key-id=anna",
                    "--reason=for the test");
            assertEquals(0, back.exit(), back.toString());
            assertEquals(10, active(edge).path("revision").asInt());
            Executable.Ran history = Executable.run(folder, "history", "--url=" + edge.adminUrl(), "--format=json");
            assertEquals(0, history.exit(), history.toString());
            assertTrue(history.out().contains("for the test"), history.out());
            assertTrue(edge.admin("").get("/v1/nothing").statusCode() == 404
                    && edge.decisions("").get("/v1/decide/home-hero?country=DE").statusCode() == 200);
        }
    }

    private JsonNode active(Service edge) throws Exception {
        return edge.admin("").json(200, "GET", "/v1/bundle", null).path("active");
    }

    private Executable.Ran push(Service edge, String archive) {
        return Executable.run(folder, "push", archive, "--url=" + edge.adminUrl());
    }

    private static void revision(Path config, int revision) throws Exception {
        Path file = config.resolve("bundle.yaml");
        Files.writeString(file, Files.readString(file).replaceFirst("revision: \\d+", "revision: " + revision));
    }
}
