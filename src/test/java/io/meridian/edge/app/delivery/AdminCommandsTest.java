package io.meridian.edge.app.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.http.access.ApiKeys;
import io.meridian.edge.adapter.http.admin.AdminServer;
import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.adapter.release.SigningKeys;
import io.meridian.edge.cli.CommandRun;
import io.meridian.edge.testing.Releases;
import io.meridian.edge.testing.TestBundles;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code push}, {@code rollback} and {@code history} against the administration of an edge. */
class AdminCommandsTest {
    private static final String KEY = "operate-operate-operate-operate-operate-oper";

    private final Releases people = new Releases()
            .person("anna", "author:*", "author:locked", "rollback")
            .person("ben", "approve:*", "approve:locked");

    @TempDir
    Path folder;

    private Vertx vertx;
    private Edge edge;
    private AdminServer server;
    private String url;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        edge = new Edge(folder.resolve("state/here"), people.trust(), "here");
        edge.delivery.begin(new Folder(TestBundles.MINIMAL));
        ApiKeys keys = ApiKeys.of(List.of(new ApiKeys.Entry("ops", ApiKeys.hash(KEY), List.of("operate"))));
        server = AdminServer.listen(
                vertx, "127.0.0.1", 0, keys, new DeliveryDoors(edge.delivery, edge.active), Archive.MAX_BYTES);
        url = "http://127.0.0.1:" + server.port();
        Files.writeString(folder.resolve("api-key"), "key:   " + KEY + "\nstore: {}\n");
        SigningKeys.write(folder.resolve("anna.pem"), people.keys("anna").getPrivate());
    }

    @AfterEach
    void close() {
        server.close();
        edge.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static SortedMap<String, byte[]> files(int revision) {
        return Releases.revision(Releases.files(TestBundles.MINIMAL), revision);
    }

    private Path archive(int revision, SortedMap<String, byte[]> base) throws Exception {
        Path file = folder.resolve("r" + revision + ".bundle");
        Files.write(file, people.signed(Releases.bundle(files(revision), Releases.content(base)), "anna", "ben"));
        return file;
    }

    private CommandRun push(Path archive, String... more) {
        String[] arguments = {"push", archive.toString(), "--url", url, "--key-file", path("api-key")};
        return CommandRun.of(concat(arguments, more));
    }

    private CommandRun rollback(String... more) {
        String[] arguments = {
            "rollback",
            "--url",
            url,
            "--reason",
            "sold out",
            "--key",
            path("anna.pem"),
            "--key-id",
            "anna",
            "--api-key-file",
            path("api-key")
        };
        return CommandRun.of(concat(arguments, more));
    }

    private static String[] concat(String[] one, String[] other) {
        String[] all = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void aBundleIsPushedAndUndoneAndTheHistoryTellsIt() throws Exception {
        SortedMap<String, byte[]> first = Releases.files(TestBundles.MINIMAL);
        int revision = (int) edge.revision() + 1;
        CommandRun pushed = push(archive(revision, first));
        assertEquals(0, pushed.exit(), pushed.out());
        assertTrue(pushed.out().contains("revision " + revision + " decides in here"), pushed.out());
        assertTrue(push(archive(revision, first)).out().contains("already"));

        CommandRun staged = push(archive(revision + 1, files(revision)), "--stage");
        assertEquals(0, staged.exit());
        assertTrue(staged.out().contains("is kept"), staged.out());
        assertEquals(revision, edge.revision());
        int next = revision + 1;
        CommandRun second = push(archive(next, files(revision)));
        assertEquals(0, second.exit(), second.out());

        CommandRun elsewhere = rollback("--region", "there");
        assertEquals(1, elsewhere.exit());
        assertTrue(elsewhere.out().contains("region here, not there; nothing was ordered"), elsewhere.out());
        assertEquals(next, edge.revision());
        CommandRun back = rollback("--region", "here");
        assertTrue(
                back.err().contains("ordering region here back from revision " + next + " ("),
                "what is signed is told first: " + back.err());
        assertEquals(0, back.exit(), back.out());
        assertTrue(back.out().contains("revision " + revision + " decides"), back.out());
        assertEquals(revision, edge.revision());
        CommandRun there = rollback("--to", Integer.toString(next), "--format", "json");
        assertEquals(0, there.exit(), there.out());
        assertTrue(there.out().contains("\"outcome\" : \"activated\""), there.out());

        for (String[] place : new String[][] {
            {"--url", url, "--key-file", path("api-key")}, {"--state", path("state")}, {"--state", path("state/here")}
        }) {
            CommandRun history = CommandRun.of(concat(new String[] {"history"}, place));
            assertEquals(0, history.exit(), history.out() + history.err());
            for (String told :
                    List.of("push by ops", "rolled-back", "ordered by anna: sold out", "staged", "each follows")) {
                assertTrue(history.out().contains(told), told + " in " + history.out());
            }
        }
    }

    @Test
    void whatIsRefusedEndsWithOneAndSaysWhy() throws Exception {
        int revision = (int) edge.revision() + 1;
        CommandRun wrongBase = push(archive(revision, files(77)));
        assertEquals(1, wrongBase.exit());
        assertTrue(wrongBase.out().contains("wrong-base"), wrongBase.out());

        SortedMap<String, byte[]> broken =
                Releases.with(files(revision), "global/segments.yaml", "segments:\n  - nonsense: true\n");
        Path file = folder.resolve("broken.bundle");
        Files.write(
                file,
                people.signed(
                        Releases.bundle(broken, Releases.content(Releases.files(TestBundles.MINIMAL))), "anna", "ben"));
        CommandRun problems = push(file);
        assertEquals(1, problems.exit());
        assertTrue(problems.out().contains("global/segments.yaml:2:"), problems.out());

        CommandRun nowhere = rollback();
        assertEquals(1, nowhere.exit());
        assertTrue(nowhere.out().contains("nothing else was kept"), nowhere.out());

        Files.writeString(folder.resolve("api-key"), "another key");
        CommandRun stranger = push(archive(revision, Releases.files(TestBundles.MINIMAL)));
        assertEquals(1, stranger.exit());
        assertTrue(stranger.out().contains("unauthenticated"), stranger.out());
        assertEquals(2, CommandRun.of("push", file.toString()).exit());
        assertEquals(2, push(folder.resolve("nothing.bundle")).exit());
        assertEquals(2, CommandRun.of("history").exit());
    }

    /** One edge that is away keeps no other from being asked. */
    @Test
    void severalEdgesAreAskedInOneCall() throws Exception {
        int revision = (int) edge.revision() + 1;
        CommandRun run = CommandRun.of(
                "push",
                archive(revision, Releases.files(TestBundles.MINIMAL)).toString(),
                "--url",
                "http://127.0.0.1:1",
                "--url",
                url,
                "--key-file",
                path("api-key"));
        assertEquals(1, run.exit());
        assertTrue(run.out().contains("does not answer"), run.out());
        assertEquals(revision, edge.revision());
    }

    @Test
    void aHistoryThatWasTamperedWithShows() throws Exception {
        push(archive((int) edge.revision() + 1, Releases.files(TestBundles.MINIMAL)));
        Path audit = folder.resolve("state/here/audit.jsonl");
        String text = Files.readString(audit, StandardCharsets.UTF_8);
        Files.writeString(audit, text.replace("\"who\":\"ops\"", "\"who\":\"eve\""));
        CommandRun run = CommandRun.of("history", "--state", path("state"));
        assertEquals(1, run.exit());
        assertTrue(run.out().contains("TAMPERED WITH"), run.out());
    }
}
