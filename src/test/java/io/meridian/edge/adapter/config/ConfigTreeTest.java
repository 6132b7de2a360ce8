package io.meridian.edge.adapter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is found again in files, whatever their items are called. */
class ConfigTreeTest {
    @Test
    void itemsOfOneNameAreKeptApart() {
        ConfigTree tree = tree("global/calendar.yaml", """
                holidays:
                  - { name: Pongal, from: 2026-01-14 }
                  - { name: Pongal, from: 2026-01-15 }
                """);
        assertEquals(
                List.of("2026-01-14", "2026-01-15"),
                tree.items().stream().map(item -> item.text("from")).toList());
        ConfigTree nested = tree("markets/xx/market.yaml", """
                calendar:
                  holidays:
                    - { name: Pongal, from: 2026-01-14 }
                    - { name: Pongal, from: 2026-01-15 }
                """);
        ConfigTree.Item rest = nested.items().get(0);
        assertEquals("2026-01-14", rest.text("calendar.holidays.Pongal.from"));
        assertEquals("2026-01-15", rest.text("calendar.holidays.Pongal #2.from"));
    }

    @Test
    void onlyFilesWhereCasesAreRunCountAsCases() {
        assertTrue(ConfigFiles.isTests("global/tests/a.yaml"));
        assertTrue(ConfigFiles.isTests("markets/de/tests/a.yaml"));
        for (String path : List.of(
                "markets/contests/offers.yaml",
                "markets/de/tests/winter/a.yaml",
                "markets/de/tests/a.yml",
                "tests/a.yaml",
                "regions/tests/a.yaml")) {
            assertFalse(ConfigFiles.isTests(path), path);
        }
        assertNotNull(tree("markets/contests/offers.yaml", "offers: [{ id: prize }]\n")
                .item("markets/contests/offers.yaml", "offers", "prize"));
    }

    @Test
    void casesThatWouldNeverRunAreRefused() {
        for (String path : List.of("markets/xx/tests/winter/a.yaml", "markets/xx/tests/a.yml", "tests/a.yaml")) {
            SortedMap<String, byte[]> files = files(path, "cases: []\n");
            assertTrue(
                    BundleReader.read(files).problems().stream()
                            .anyMatch(problem -> problem.file().equals(path)
                                    && problem.code().equals("unknown-file")),
                    path);
        }
    }

    private static ConfigTree tree(String path, String text) {
        return ConfigTree.of(files(path, text));
    }

    private static SortedMap<String, byte[]> files(String path, String text) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
        return files;
    }
}
