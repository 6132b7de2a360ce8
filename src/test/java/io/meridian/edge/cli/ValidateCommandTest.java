package io.meridian.edge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateCommandTest {
    @TempDir
    private Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theSampleIsFine() {
        assertEquals(0, run("validate", "edge-config", "--as-of", "2026-08-01T00:00:00Z"));
        assertTrue(out.toString().contains("edge-config is fine: revision "), out.toString());
        assertTrue(out.toString().contains("eu-central  sha256:"), out.toString());
    }

    @Test
    void mistakesAreCountedAndPrinted() {
        assertEquals(1, run("validate", "src/test/resources/bundles/mistakes", "--region", "eu"));
        assertTrue(out.toString().contains("bundle.yaml:2:1: 'descripton' is not known here [unknown-key]"));
        assertTrue(out.toString().contains("    did you mean 'description'?"));
        assertTrue(out.toString().strip().matches("(?s).*\n\\d+ problems in \\d+ files"));
    }

    @Test
    void warningsFailOnlyIfTheyAreToldTo() {
        String folder = "src/test/resources/bundles/warnings";
        assertEquals(0, run("validate", folder, "--as-of", "2026-11-22T00:00:00Z"));
        assertTrue(
                out.toString().contains("\n" + folder + " is fine: revision 1, 35 warnings in 9 files\n"),
                out.toString());
        assertTrue(out.toString().contains("'last-summer' ended on 2026-09-01T00:00:00Z [expired-schedule]"));
        assertEquals(1, run("validate", folder, "--strict"));
        assertEquals(2, run("validate", folder, "--as-of", "today"));
    }

    @Test
    void errorsComeFirst() throws IOException {
        Path folder = TestBundles.copy(Path.of("src/test/resources/bundles/warnings"), temporary.resolve("both"));
        TestBundles.change(folder, "global/suppressions.yaml", "legal: false", "legal: true");
        assertEquals(1, run("validate", folder.toString(), "--format", "json"));
        JsonNode problems = new ObjectMapper().readTree(out.toString()).get("problems");
        assertEquals("error", problems.get(0).get("severity").textValue());
        assertEquals("global/suppressions.yaml", problems.get(0).get("file").textValue());
        assertEquals("warning", problems.get(1).get("severity").textValue());
        assertEquals("global/attributes.yaml", problems.get(1).get("file").textValue());
        out.getBuffer().setLength(0);
        assertEquals(1, run("validate", folder.toString()));
        assertTrue(out.toString().strip().endsWith("\n1 problem and 29 warnings in 9 files"), out.toString());
    }

    /** Somebody is about to open it. The edge serves without it meanwhile. */
    @Test
    void marketsThatNoRegionServesAreCheckedAsWell() throws IOException {
        Path folder = TestBundles.copy(Path.of("src/test/resources/bundles/warnings"), temporary.resolve("unserved"));
        Files.writeString(
                folder.resolve("markets/yy/rules.yaml"),
                "rules:\n  - { offer: books-here, when: 'context.no_such == 1' }\n");
        assertEquals(1, run("validate", folder.toString()));
        assertTrue(out.toString().startsWith("markets/yy/rules.yaml:2:"), out.toString());
        assertEquals(List.of(), TestBundles.problems(folder, "here"));
    }

    @Test
    void jsonIsForScripts() throws IOException {
        assertEquals(1, run("validate", "src/test/resources/bundles/mistakes", "--format", "json"));
        JsonNode root = new ObjectMapper().readTree(out.toString());
        assertFalse(root.get("valid").booleanValue());
        JsonNode first = root.get("problems").get(0);
        assertEquals("bundle.yaml", first.get("file").textValue());
        assertEquals(1, first.get("line").intValue());
        assertEquals(11, first.get("column").intValue());
        assertEquals("wrong-type", first.get("code").textValue());
        assertEquals("error", first.get("severity").textValue());
    }

    @Test
    void wrongUsageIsTwo() {
        assertEquals(2, run("validate", "no-such-folder"));
        assertEquals(2, run("validate"));
        assertEquals(2, run("validate", "edge-config", "--format", "xml"));
        assertTrue(err.toString().contains("there is no folder no-such-folder"));
    }

    private int run(String... arguments) {
        return new CommandLine(new Commands())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
