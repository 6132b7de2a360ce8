package io.meridian.edge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which visits are compared, which are left out, and what is shown of somebody's. */
class DiffVisitsTest {
    private static final String CANARY = "canary";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temp;

    private Path before;
    private Path after;
    private Path visits;

    @BeforeEach
    void copy() throws Exception {
        before = LabFolders.minimal(temp);
        after = LabFolders.other(before);
        visits = temp.resolve("visits.ndjson");
    }

    @Test
    void nothingOfWhoeverMadeARecordedVisitIsShownUnlessAskedFor() throws Exception {
        TestBundles.change(after, "global/segments.yaml", "priority: 20", "priority: 5");
        TestBundles.change(after, "global/offers.yaml", "value: 12.5", "value: 0.1");
        List<String> secrets = record();
        for (String format : List.of("text", "json", "html")) {
            String out = recorded("--format", format, "--examples", "1000").out();
            secrets.forEach(secret -> assertFalse(out.contains(secret), format + " shows " + secret));
            assertFalse(out.contains("storedConsent") || out.contains("orders_90d\":"), format);
            String shown = recorded("--format", format, "--examples", "1000", "--show-visits")
                    .out();
            assertTrue(shown.contains(CANARY) && shown.contains("storedConsent"), format);
        }
        JsonNode example = JSON.readTree(recorded("--format", "json").out()).at("/examples/0");
        JsonNode line =
                JSON.readTree(Files.readAllLines(visits).get(example.get("line").intValue() - 1));
        List<String> asked = new ArrayList<>();
        line.at("/request/placements").forEach(one -> asked.add(one.get("id").textValue()));
        assertTrue(asked.contains(example.get("placement").textValue()), "the line is the visit's");
        assertTrue(example.has("segments") && example.has("causes") && !example.has("visit"), example.toString());
    }

    /** Made-up visits with words that stand nowhere else. Returns what may not be shown. */
    private List<String> record() throws IOException {
        CommandRun.of(
                "diff",
                before.toString(),
                after.toString(),
                "--generate",
                "400",
                "--seed",
                "7",
                "--at",
                "2026-04-01T00:00:00Z",
                "--write-requests",
                visits.toString());
        String text = Files.readString(visits)
                .replace("visitor-7-", CANARY + "-id-")
                .replace("request-7-", CANARY + "-request-")
                .replace("\"language\":\"other\"", "\"language\":\"" + CANARY + "-language\"");
        Files.writeString(visits, text);
        List<String> secrets = new ArrayList<>(List.of(CANARY));
        for (String line : Files.readAllLines(visits)) {
            JsonNode consent = JSON.readTree(line).at("/request/consent");
            consent.forEach(value -> {
                if (value.isTextual()) {
                    secrets.add(value.textValue());
                }
            });
        }
        assertTrue(secrets.size() > 10, "there are consent strings");
        return secrets;
    }

    @Test
    void aLineThatCannotBeReadIsNotQuoted() throws Exception {
        for (String line : List.of(
                "{\"request\": " + CANARY + "}",
                "{\"" + CANARY + "\": 1, \"" + CANARY + "\": 2}",
                "{\"request\":{\"placements\":[{\"id\":\"hero\"}]},\"storedConsent\":{\"given\":[\"" + CANARY
                        + "\"]}}")) {
            Files.writeString(visits, line + "\n");
            CommandRun run = recorded();
            assertEquals(1, run.exit());
            assertTrue(run.err().contains("visits.ndjson:1: "), run.err());
            assertFalse(run.err().contains(CANARY), run.err());
        }
    }

    @Test
    void visitsThatCannotBeComparedAreCounted() throws Exception {
        String here = visit("\"market\":\"xx\",\"country\":\"DE\"");
        String byCountry = visit("\"country\":\"US\"");
        String nowhere = visit("\"country\":\"JP\"");
        String neither =
                "{\"request\":{\"placements\":[{\"id\":\"nothing\"}],\"context\":{\"market\":\"xx\",\"channel\":\"web\"}}}\n";
        Files.writeString(visits, here + byCountry + nowhere + neither);
        JsonNode json = JSON.readTree(recorded("--format", "json").out());
        assertEquals(2, json.get("decisions").intValue());
        assertEquals("{\"noRegion\":1,\"refusedByBoth\":1}", json.get("leftOut").toString());
        assertTrue(
                recorded().out().contains("not compared: 1 visits name no market"),
                recorded().out());
        JsonNode ofMarket =
                JSON.readTree(recorded("--format", "json", "--market", "xx").out());
        assertEquals(2, ofMarket.get("decisions").intValue(), "a visit without a market is of its country's");
        assertEquals(2, recorded("--region", "nowhere").exit());
    }

    @Test
    void nothingToCompareIsAFailure() throws Exception {
        TestBundles.change(after, "bundle.yaml", "revision: 7", "revision: 8");
        Files.writeString(visits, visit("\"country\":\"JP\""));
        CommandRun run = recorded();
        assertEquals(1, run.exit());
        assertTrue(run.out().startsWith("Nothing was compared"), run.out());
        assertTrue(run.err().contains("nothing was compared"), run.err());
        assertTrue(recorded("--format", "html").out().contains("<strong>Nothing was compared"));
    }

    @Test
    void aMarketMayMoveToAnotherRegionAndARegionMayGo() throws Exception {
        Path region = after.resolve("regions/here.yaml");
        Files.writeString(
                after.resolve("regions/there.yaml"), Files.readString(region).replace("id: here", "id: there"));
        Files.delete(region);
        String moved = visit("\"market\":\"xx\",\"country\":\"DE\"");
        Files.writeString(visits, moved + moved.replace("{\"request\"", "{\"region\":\"here\",\"request\""));
        CommandRun run = recorded("--format", "json");
        JsonNode json = JSON.readTree(run.out());
        assertEquals(0, run.exit(), run.err());
        assertEquals(1, json.get("decisions").intValue());
        assertEquals("{\"oneSide\":1}", json.get("leftOut").toString());
    }

    @Test
    void madeUpVisitsGoToWhatOnlyTheNewConfigurationHas() throws Exception {
        TestBundles.change(
                after,
                "global/placements.yaml",
                "  - id: tile\n",
                "  - { id: banner, kind: content, channels: [web], maxItems: 1, fallback: welcome, static: { title: B } }\n"
                        + "  - id: tile\n");
        TestBundles.change(after, "global/offers.yaml", "placements: [hero, tile]", "placements: [hero, tile, banner]");
        CommandRun run =
                CommandRun.of("diff", before.toString(), after.toString(), "--generate", "300", "--format", "json");
        List<String> placements = new ArrayList<>();
        JSON.readTree(run.out())
                .get("placements")
                .forEach(one -> placements.add(one.get("name").textValue()));
        assertTrue(placements.contains("banner"), run.err() + placements);
        assertNotEquals(0, JSON.readTree(run.out()).at("/kinds/refused").intValue());
    }

    private static String visit(String context) {
        return "{\"request\":{\"placements\":[{\"id\":\"hero\"}],\"context\":{" + context + ",\"channel\":\"web\"}}}\n";
    }

    private CommandRun recorded(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "diff",
                before.toString(),
                after.toString(),
                "--at",
                "2026-04-01T00:00:00Z",
                "--requests",
                visits.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
