package io.meridian.edge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VersionTest {
    @Test
    void itTellsItsNameAndVersion() {
        CommandRun run = CommandRun.of("--version");
        assertEquals(0, run.exit());
        assertTrue(run.out().strip().matches("meridian [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?"), run.out());
    }
}
