package io.meridian.edge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OriginsViewTest {
    private final StringWriter out = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        TestBundles.copy(TestBundles.MINIMAL, folder.resolve("config"));
        Files.writeString(folder.resolve("config/global/guardrails.yaml"), """
                locks: [{ key: placements.tile.fallback, ask: product, why: paid for }]
                bounds: [{ key: offers.*.lever, min: 0.5, max: 2, ask: pricing }]
                """);
    }

    @Test
    void peopleReadWhatCountsWhoWroteItAndWhatIsOnIt() {
        assertEquals(0, run("--origin"));
        assertTrue(out.toString().startsWith("market xx in here\n"), out.toString());
        assertTrue(out.toString().contains("""
                  offers.gold-sale.lever = 3
                      market, markets/xx/rules.yaml:2
                      instead of 2, global, global/offers.yaml:13
                      instead of 1, built in
                      bound to 0.5 to 2, global/guardrails.yaml:2, ask pricing
                """), out.toString());
        assertTrue(out.toString().contains("locked, global/guardrails.yaml:1, ask product (paid for)"), out.toString());
        assertTrue(
                out.toString().strip().matches("(?s).*\n\\d+ values are not shown; --key '\\*' shows all"),
                out.toString());
    }

    @Test
    void aGlobPicksKeys() {
        assertEquals(0, run("--origin", "--key", "offers.cook-book.*"));
        assertEquals(
                5,
                out.toString()
                        .lines()
                        .filter(line -> line.startsWith("  offers."))
                        .count());
        assertEquals(1, run("--origin", "--key", "offers.none.*"));
    }

    @Test
    void scriptsReadJson() throws IOException {
        assertEquals(0, run("--origin", "--format", "json", "--key", "caps.*.limit", "--market", "xx"));
        JsonNode value =
                new ObjectMapper().readTree(out.toString()).get("values").get(0);
        assertEquals("here", value.get("region").textValue());
        assertEquals("caps.once-a-day.limit", value.get("key").textValue());
        assertEquals("1", value.get("value").textValue());
        assertEquals("global", value.get("layer").textValue());
        assertEquals("global/caps.yaml", value.get("file").textValue());
        assertEquals(2, value.get("line").intValue());
    }

    private int run(String... options) {
        List<String> all =
                new ArrayList<>(List.of("explain", folder.resolve("config").toString()));
        all.addAll(List.of(options));
        return new CommandLine(new Commands()).setOut(new PrintWriter(out)).execute(all.toArray(String[]::new));
    }
}
