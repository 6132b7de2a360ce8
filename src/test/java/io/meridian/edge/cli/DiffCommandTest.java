package io.meridian.edge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.testing.TestBundles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What the command says two configurations decide otherwise. */
class DiffCommandTest {
    private static final String NASTY = "<script>alert(1)</script>";

    @TempDir
    Path temp;

    private Path before;
    private Path after;

    @BeforeEach
    void copy() throws Exception {
        before = LabFolders.minimal(temp);
        after = LabFolders.other(before);
    }

    @Test
    void aChangedLeverIsToldAsTheCauseInAllForms() throws Exception {
        TestBundles.change(after, "markets/xx/rules.yaml", "lever: 1.5, value: 9", "lever: 1.5, disabled: true");
        CommandRun run = diff("--examples", "1");
        String text = run.out().replace(before.toString(), "A").replace(after.toString(), "B");
        assertEquals(LabFolders.golden("diff.golden.txt"), text);
        assertEquals(0, run.exit(), run.err());

        JsonNode json = new ObjectMapper().readTree(diff("--format", "json").out());
        assertTrue(json.get("changed").intValue() > 0);
        JsonNode cause = json.at("/causes/0");
        assertEquals(
                "hero may use other data of the visitor than before",
                cause.get("what").textValue());
        assertEquals("rules gold-sale disabled", cause.at("/changes/0/what").textValue());
        assertEquals(2, cause.at("/changes/0/b/line").intValue());
        int gained = 0;
        int lost = 0;
        for (JsonNode offer : json.get("offers")) {
            gained += offer.get("gained").intValue();
            lost += offer.get("lost").intValue();
            assertEquals(
                    offer.get("after").intValue() - offer.get("before").intValue(),
                    offer.get("gained").intValue() - offer.get("lost").intValue());
        }
        assertTrue(gained > 0 && lost > 0, json.get("offers").toString());
        int byMarket = 0;
        for (JsonNode market : json.get("markets")) {
            byMarket += market.get("changed").intValue();
        }
        assertEquals(json.get("changed").intValue(), byMarket);
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherOthers() {
        TestBundles.change(after, "global/offers.yaml", "value: 12.5", "value: 0.1");
        for (String format : List.of("text", "json", "html")) {
            String first = diff("--format", format).out();
            assertEquals(first, diff("--format", format).out());
            assertNotEquals(first, diff("--format", format, "--seed", "8").out());
        }
    }

    @Test
    void visitsThatWereKeptAreDecidedAsTheyWere() throws Exception {
        TestBundles.change(after, "global/segments.yaml", "priority: 20", "priority: 5");
        Path kept = temp.resolve("visits.ndjson");
        JsonNode first = new ObjectMapper()
                .readTree(diff("--format", "json", "--write-requests", kept.toString())
                        .out());
        JsonNode again = new ObjectMapper()
                .readTree(CommandRun.of(
                                "diff",
                                before.toString(),
                                after.toString(),
                                "--requests",
                                kept.toString(),
                                "--show-visits",
                                "--format",
                                "json")
                        .out());
        again.get("examples").forEach(example -> ((ObjectNode) example).remove("line"));
        for (String part : List.of("changed", "decisions", "segments", "offers", "causes", "examples")) {
            assertEquals(first.get(part), again.get(part), part);
        }
        Files.writeString(kept, "\n{\"request\":{\"placements\":[{\"id\":\"hero\"}],\"contxt\":{}}}\n");
        CommandRun bad = CommandRun.of("diff", before.toString(), after.toString(), "--requests", kept.toString());
        assertEquals(1, bad.exit());
        assertTrue(bad.err().contains(":2: /request/contxt: "), bad.err());
    }

    @Test
    void equalConfigurationsAreCalledEqual() {
        assertTrue(diff().out().startsWith("Nothing changes: the configurations are the same, byte by byte."));
        assertTrue(diff("--format", "html").out().contains("Nothing changes"));
        TestBundles.change(after, "bundle.yaml", "revision: 7", "revision: 8");
        CommandRun run = diff("--fail-over", "0");
        assertTrue(run.out().startsWith("No decision changes: of "), run.out());
        assertEquals(0, run.exit());
    }

    @Test
    void tooMuchChangeFails() {
        TestBundles.change(after, "markets/xx/offers.yaml", "value: 2", "value: 900");
        CommandRun run = diff("--fail-over", "0.5");
        assertEquals(1, run.exit());
        assertTrue(run.err().contains("more than 0.50 %"), run.err());
    }

    @Test
    void eachKindOfChangeIsTracedToItsRule() throws Exception {
        assertCause("global/segments.yaml", "== \"gold\"'", "== \"silver\"'", "segments vip when");
        copyAgain();
        assertCause("global/offers.yaml", "{ base: 0.02 }", "{ base: 0.9 }", "offers cook-book propensity.base");
        copyAgain();
        assertCause("global/caps.yaml", "limit: 1,", "limit: 9,", "caps once-a-day limit");
        copyAgain();
        assertCause("global/content/en.yaml", "Cook book", "Cookery book", "offers.cook-book.default.title");
        copyAgain();
        assertCause(
                "global/suppressions.yaml",
                "!profile.health_interest",
                "profile.health_interest",
                "suppressions health when");
        copyAgain();
        assertCause("global/offers.yaml", "2026-05-01", "2026-03-02", "offers gold-sale schedule.until");
    }

    private void assertCause(String file, String old, String now, String change) throws Exception {
        TestBundles.change(after, file, old, now);
        JsonNode json = new ObjectMapper()
                .readTree(diff("--format", "json", "--generate", "3000").out());
        assertTrue(json.get("changed").intValue() > 0, change);
        List<String> found = new ArrayList<>();
        json.get("causes")
                .forEach(cause -> cause.get("changes")
                        .forEach(one -> found.add(one.get("what").textValue())));
        assertTrue(found.contains(change), change + " is not in " + json.get("causes"));
    }

    private void copyAgain() throws Exception {
        after = TestBundles.copy(
                before, Files.createTempDirectory(temp, "again").resolve("config"));
    }

    @Test
    void thePageIsWellFormedLoadsNothingAndEscapesWhatPeopleWrote() throws Exception {
        after = TestBundles.copy(before, temp.resolve("b<script>&\"x"));
        TestBundles.change(after, "global/offers.yaml", "value: 12.5", "value: 0.1");
        TestBundles.change(
                after,
                "markets/xx/rules.yaml",
                "'context.country == \"DE\"'",
                "'context.country == \"" + NASTY + "\"'");
        String page = diff("--format", "html").out();
        assertFalse(page.contains(NASTY), "escaped where it is shown");
        assertTrue(page.contains("&lt;script&gt;alert(1)"), "but it is shown");
        for (String loaded : List.of("http:", "https:", "src=", "href=", "url(", "@import", " style=", " onclick=")) {
            assertFalse(page.contains(loaded), loaded);
        }
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        parser.setEntityResolver((publicId, systemId) -> new InputSource(new ByteArrayInputStream(new byte[0])));
        Document document = parser.parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
        assertEquals(1, document.getElementsByTagName("script").getLength());
        assertEquals(1, document.getElementsByTagName("h1").getLength());
        assertTrue(document.getElementsByTagName("details").getLength() > 1);
        String policy = page.substring(page.indexOf("Content-Security-Policy"), page.indexOf("<title>"));
        assertTrue(policy.contains("default-src 'none'") && policy.contains("script-src 'sha256-"), policy);
    }

    @Test
    void rulesThatCannotDecideAreRefusedAsValidateDoes() {
        TestBundles.change(after, "markets/xx/rules.yaml", "context.country", "context.contry");
        CommandRun run = diff();
        assertEquals(1, run.exit());
        assertTrue(run.err().contains("markets/xx/rules.yaml:2:"), run.err());
        assertEquals(2, CommandRun.of("diff", before.toString(), "nowhere").exit());
        assertEquals(2, CommandRun.of("diff", before.toString()).exit());
    }

    private CommandRun diff(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("diff", before.toString(), after.toString(), "--seed", "7", "--at", "2026-04-01T00:00:00Z"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--generate")) {
            arguments.addAll(List.of("--generate", "600"));
        }
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
