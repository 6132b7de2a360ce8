package io.meridian.edge.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.testing.Releases;
import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The way of a bundle on the command line. */
class ReleaseCommandsTest {
    @TempDir
    private Path folder;

    private Path base;
    private Path config;
    private Path archive;
    private Path trust;
    private String out = "";
    private String err = "";

    @BeforeEach
    void people() throws IOException {
        base = TestBundles.copy(TestBundles.MINIMAL, folder.resolve("base"));
        config = TestBundles.copy(TestBundles.MINIMAL, folder.resolve("config"));
        archive = folder.resolve("xx.zip");
        trust = folder.resolve("trust.yaml");
        StringBuilder yaml = new StringBuilder("keys:\n");
        for (String[] person : new String[][] {
            {"anna", "Anna", "author:xx"},
            {"anna-laptop", "Anna", "approve:xx"},
            {"ben", "Ben \"the\\eye\" B.", "approve:xx"},
            {"gus", "Gus", "author:global"}
        }) {
            assertEquals(
                    0,
                    run(
                            "new-signing-key",
                            "--id",
                            person[0],
                            "--name",
                            person[1],
                            "--role",
                            person[2],
                            "--out",
                            key(person[0])));
            yaml.append(out.substring(out.indexOf("  - id:")));
        }
        Files.writeString(trust, yaml);
    }

    @Test
    void fromTheEditToWhatAnEdgeWouldTake() throws IOException {
        editAsMarket();
        assertEquals(0, bundle("--base", base.toString()), err + out);
        assertTrue(out.contains("changes\n    bundle.yaml\n    markets/xx/rules.yaml\n"), out);
        assertEquals(1, inspect());
        assertTrue(out.contains("missing-author: nobody signed as author; it needs author:xx (meridian sign)"), out);
        assertEquals(
                0,
                run("sign", archive.toString(), "--key", key("anna"), "--key-id", "anna", "--trust", trust.toString()),
                err + out);
        assertEquals(1, inspect());
        assertFalse(out.contains("missing-author"), out);
        assertTrue(out.contains("missing-approval"), out);
        assertEquals(
                0,
                run(
                        "approve",
                        archive.toString(),
                        "--key",
                        key("ben"),
                        "--key-id",
                        "ben",
                        "--against",
                        base.toString()),
                err);
        assertTrue(out.contains("differs from " + base + " in\n    bundle.yaml\n    markets/xx/rules.yaml\n"), out);
        assertEquals(0, inspect(), out);
        assertTrue(out.endsWith("an edge would take it\n"), out);
        assertTrue(out.matches("(?s).*approve +ben \\(Ben \"the\\\\eye\" B\\.\\) +verified.*"), out);
        assertTrue(out.matches("(?s).*author:xx +anna +for markets/xx/rules.yaml.*"), out);
        assertEquals(
                1, run("inspect", archive.toString(), "--trust", trust.toString(), "--against", config.toString()));
        assertTrue(out.contains("wrong-base: ") && out.contains("old-revision: "), out);
        try (Stream<Path> files = Files.list(folder)) {
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")));
        }
    }

    @Test
    void equalConfigurationsGiveEqualBytes() throws IOException {
        assertEquals(0, bundle("--base", "none"), err + out);
        byte[] first = Files.readAllBytes(archive);
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
            Path elsewhere = reversed(folder.resolve("another").resolve("place"));
            Path second = folder.resolve("second.zip");
            assertEquals(0, run("bundle", elsewhere.toString(), "-o", second.toString(), "--base", "none"), err + out);
            assertArrayEquals(first, Files.readAllBytes(second));
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void whatTheConfigurationHasBesidesIsInTheBundleOrNot() throws IOException {
        Files.createDirectories(config.resolve("markets/xx/tests"));
        Files.writeString(config.resolve("markets/xx/tests/a.yaml"), "cases: []\n");
        Files.writeString(config.resolve("README.md"), "x");
        Files.writeString(config.resolve(".hidden.yaml"), "x: 1");
        assertEquals(0, bundle("--base", "none", "--format", "json"), err + out);
        JsonNode json = new ObjectMapper().readTree(out);
        assertEquals(Releases.files(config).size(), json.get("files").intValue());
        assertEquals(
                Releases.content(Releases.files(config)), json.get("content").textValue());
        assertTrue(json.get("base").isNull());
        assertEquals(0, run("inspect", archive.toString(), "--format", "json"));
        List<String> paths = new ArrayList<>();
        new ObjectMapper()
                .readTree(out)
                .get("files")
                .forEach(file -> paths.add(file.get("path").textValue()));
        assertTrue(paths.contains("markets/xx/tests/a.yaml") && !paths.contains("README.md"), paths.toString());
    }

    @Test
    void aConfigurationWithErrorsIsNoBundle() throws IOException {
        TestBundles.change(config, "markets/xx/rules.yaml", "rules:", "ruels:");
        assertEquals(1, bundle("--base", "none"));
        assertTrue(out.contains("markets/xx/rules.yaml:1:1:"), out);
        assertFalse(Files.exists(archive));
        assertEquals(1, bundle("--base", "none", "--format", "json"));
        assertEquals(
                "markets/xx/rules.yaml",
                new ObjectMapper()
                        .readTree(out)
                        .get("problems")
                        .get(0)
                        .get("file")
                        .textValue());
    }

    @Test
    void theRevisionGrows() throws IOException {
        Files.writeString(config.resolve("markets/xx/rules.yaml"), "# changed\n", StandardOpenOption.APPEND);
        assertEquals(1, bundle("--base", base.toString()));
        assertTrue(out.contains("write a higher one"), out);
    }

    @Test
    void theBaseIsAFolderAnArchiveADigestOrNone() throws IOException {
        String content = Releases.content(Releases.files(base));
        assertEquals(
                0,
                run("bundle", base.toString(), "-o", folder.resolve("base.zip").toString(), "--base", "none"));
        editAsMarket();
        for (String given : List.of(base.toString(), folder.resolve("base.zip").toString(), content)) {
            assertEquals(0, bundle("--base", given, "--format", "json"), err + out);
            assertEquals(content, new ObjectMapper().readTree(out).get("base").textValue());
        }
        assertEquals(2, bundle("--base", "sha256:12"));
        assertTrue(err.contains("is no folder, archive or content digest"), err);
        assertEquals(2, bundle());
        assertTrue(err.contains("--base"), err);
        assertEquals(1, bundle("--base", trust.toString()));
        assertTrue(out.startsWith("bad-archive: "), out);
    }

    @Test
    void theWindowIsWrittenAsGiven() throws IOException {
        assertEquals(
                0,
                bundle(
                        "--base",
                        "none",
                        "--not-before",
                        "2026-01-01T00:00:00.5Z",
                        "--not-after",
                        "2026-02-01T00:00:00Z"),
                err);
        assertEquals(0, run("inspect", archive.toString()));
        assertTrue(out.contains("valid    from 2026-01-01T00:00:00Z until 2026-02-01T00:00:00Z"), out);
        assertEquals(
                2,
                bundle(
                        "--base",
                        "none",
                        "--not-before",
                        "2026-02-01T00:00:00Z",
                        "--not-after",
                        "2026-01-01T00:00:00Z"));
        assertEquals(2, bundle("--base", "none", "--not-after", "tomorrow"));
    }

    @Test
    void nothingIsOverwrittenThatWouldBeMissed() throws IOException {
        assertEquals(0, bundle("--base", "none"));
        assertEquals(0, bundle("--base", "none"), "an unsigned bundle can be made again");
        assertEquals(0, sign("anna", "anna"));
        assertEquals(2, bundle("--base", "none"));
        assertTrue(err.contains("signed"), err);
        assertEquals(2, run("bundle", config.toString(), "-o", trust.toString(), "--base", "none"));
        assertTrue(err.contains("no bundle"), err);
        assertEquals(2, run("new-signing-key", "--id", "x", "--name", "X", "--out", key("anna")));
        assertTrue(err.contains("already"), err);
    }

    @Test
    void whoSignedDoesNotApprove() throws IOException {
        assertEquals(0, bundle("--base", "none"));
        assertEquals(0, sign("anna", "anna"));
        byte[] signed = Files.readAllBytes(archive);
        assertEquals(1, run("approve", archive.toString(), "--key", key("anna"), "--key-id", "anna"));
        assertTrue(out.startsWith("author-is-approver: "), out);
        assertEquals(
                1,
                run(
                        "approve",
                        archive.toString(),
                        "--key",
                        key("anna-laptop"),
                        "--key-id",
                        "anna-laptop",
                        "--trust",
                        trust.toString()));
        assertTrue(out.startsWith("author-is-approver: "), out);
        assertArrayEquals(signed, Files.readAllBytes(archive));
        // Without the trust policy two keys are two people; an edge knows better.
        assertEquals(0, run("approve", archive.toString(), "--key", key("anna-laptop"), "--key-id", "anna-laptop"));
        assertEquals(1, run("inspect", archive.toString(), "--trust", trust.toString(), "--against", "none"));
        assertTrue(out.contains("author-is-approver: anna and anna-laptop are keys of one person"), out);
        assertTrue(out.contains("anna-laptop (Anna)"), out);
    }

    @Test
    void signingIsRefusedWhereAnEdgeWouldRefuseTheSignature() throws IOException {
        assertEquals(0, bundle("--base", "none"));
        assertEquals(1, sign("anna", "nobody", "--trust", trust.toString()));
        assertTrue(out.startsWith("unknown-signer: "), out);
        assertEquals(1, sign("anna", "ben", "--trust", trust.toString()));
        assertTrue(out.startsWith("bad-signature: "), out);
        assertEquals(0, sign("anna", "anna", "--format", "json"));
        assertEquals("author", new ObjectMapper().readTree(out).get("act").textValue());
        assertEquals(1, sign("anna", "anna"));
        assertTrue(out.contains("twice"), out);
        assertEquals(0, sign("gus", "ben"), "without a policy nobody knows");
        assertEquals(1, run("inspect", archive.toString(), "--trust", trust.toString(), "--format", "json"));
        JsonNode json = new ObjectMapper().readTree(out);
        assertEquals("WRONG", json.get("signatures").get(1).get("standing").textValue());
        assertEquals("bad-signature", json.get("refusals").get(0).get("code").textValue());
    }

    @Test
    void anArchiveSomebodyTouchedIsToldAsSuch() throws IOException {
        assertEquals(0, bundle("--base", "none"));
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length / 2] ^= 1;
        Files.write(archive, bytes);
        for (List<String> command : List.of(
                List.of("inspect", archive.toString()),
                List.of("sign", archive.toString(), "--key", key("anna"), "--key-id", "anna"),
                List.of("approve", archive.toString(), "--key", key("ben"), "--key-id", "ben"))) {
            assertEquals(1, run(command.toArray(String[]::new)));
            assertTrue(out.matches("(?s)(bad-archive|digest-mismatch|bad-signature): .*"), out);
        }
        assertEquals(1, run("inspect", archive.toString(), "--format", "json"));
        assertFalse(new ObjectMapper().readTree(out).get("refusals").isEmpty());
    }

    @Test
    void wrongUsageIsTwoAndNeverATrace() throws IOException {
        assertEquals(2, run("inspect", "no-such.zip"));
        assertTrue(err.contains("there is no file no-such.zip"), err);
        assertEquals(2, run("inspect", folder.toString()));
        assertEquals(0, bundle("--base", "none"));
        assertEquals(2, run("inspect", archive.toString(), "--trust", "no-such.yaml"));
        assertEquals(2, run("inspect", archive.toString(), "--against", "sha256:" + "0".repeat(64)));
        assertEquals(2, run("inspect", archive.toString(), "--against", "no-such"));
        assertEquals(2, sign("no-such-key", "anna"));
        assertEquals(2, sign("anna", "Not An Id"));
        assertEquals(2, run("sign", archive.toString(), "--key", trust.toString(), "--key-id", "anna"));
        assertTrue(err.contains("no Ed25519 private key"), err);
        assertEquals(2, run("bundle", "no-such-folder", "-o", archive.toString(), "--base", "none"));
        assertEquals(2, run("new-signing-key", "--id", "X", "--name", "x", "--out", key("x")));
        assertEquals(2, run("new-signing-key", "--id", "x", "--name", "x\ny", "--out", key("x")));
        assertEquals(2, run("new-signing-key", "--id", "x", "--name", "x", "--role", "king", "--out", key("x")));
        assertEquals(
                2,
                run(
                        "new-signing-key",
                        "--id",
                        "x",
                        "--name",
                        "x",
                        "--out",
                        folder.resolve("no/x.pem").toString()));
        assertFalse(err.contains("\tat "), err);
    }

    @Test
    void theKeyIsItsOwnersAndIsNotPrinted() throws IOException {
        assertEquals(0, run("new-signing-key", "--id", "x", "--name", "X", "--out", key("x"), "--format", "json"));
        assertEquals("x", new ObjectMapper().readTree(out).get("id").textValue());
        Path file = Path.of(key("x"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertFalse(out.contains(Files.readAllLines(file).get(1)));
    }

    private void editAsMarket() throws IOException {
        TestBundles.change(config, "bundle.yaml", "revision: ", "revision: 9");
        Files.writeString(config.resolve("markets/xx/rules.yaml"), "# changed\n", StandardOpenOption.APPEND);
    }

    /** The same configuration, its files made in another order and at another time. */
    private Path reversed(Path to) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(config)) {
            walk.filter(Files::isRegularFile).sorted(Collections.reverseOrder()).forEach(files::add);
        }
        for (Path file : files) {
            Path copy = to.resolve(config.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
            Files.setLastModifiedTime(copy, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
        }
        return to;
    }

    private String key(String id) {
        return folder.resolve(id + ".pem").toString();
    }

    private int bundle(String... options) {
        return with(List.of("bundle", config.toString(), "-o", archive.toString(), "--models", "models"), options);
    }

    private int sign(String key, String id, String... options) {
        return with(List.of("sign", archive.toString(), "--key", key(key), "--key-id", id), options);
    }

    private int inspect() {
        return run("inspect", archive.toString(), "--trust", trust.toString(), "--against", base.toString());
    }

    private int with(List<String> command, String... options) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(options));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = new CommandLine(new Commands())
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
        out = output.toString();
        err = errors.toString();
        return code;
    }
}
