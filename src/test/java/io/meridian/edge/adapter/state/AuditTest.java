package io.meridian.edge.adapter.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.state.AuditEvent.What;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit is in order and whole, and shows when it is not. */
class AuditTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    Path folder;

    private static AuditEvent event(long revision) {
        return new AuditEvent(
                What.ACTIVATED, NOW, "push", "anna", null, null, revision, null, "because \"quoted\" – ü", 1);
    }

    private void append(int from, int to) throws IOException {
        try (AuditLog log = new AuditLog(folder)) {
            for (int i = from; i <= to; i++) {
                log.append(event(i));
            }
        }
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        AuditFiles.read(folder, lines::add);
        return lines;
    }

    private static String fault(List<String> lines) {
        AuditChain chain = new AuditChain();
        lines.forEach(chain::add);
        return chain.fault();
    }

    @Test
    void eventsAreInOrderOverRestarts() throws Exception {
        append(1, 3);
        append(4, 5);
        List<String> lines = lines();
        assertEquals(5, lines.size());
        assertNull(fault(lines));
        AuditEvent.Entry last = AuditEvent.read(lines.get(4));
        assertEquals(5, last.sequence());
        assertEquals(event(5), last.event());
    }

    @Test
    void everyTamperingShows() throws Exception {
        append(1, 6);
        List<String> lines = lines();
        for (int i = 0; i < 5; i++) {
            List<String> changed = new ArrayList<>(lines);
            changed.set(i, lines.get(i).replace("anna", "otto"));
            assertNotNull(fault(changed), "line " + i + " changed");
            List<String> without = new ArrayList<>(lines);
            without.remove(i);
            // The oldest files go with time, so an audit may begin anywhere.
            assertTrue(i == 0 || fault(without) != null, "line " + i + " taken out");
            List<String> swapped = new ArrayList<>(lines);
            swapped.set(i, lines.get(i + 1));
            swapped.set(i + 1, lines.get(i));
            assertNotNull(fault(swapped), "line " + i + " exchanged with the next");
            List<String> twice = new ArrayList<>(lines);
            twice.add(i, lines.get(i));
            assertNotNull(fault(twice), "line " + i + " twice");
            List<String> nonsense = new ArrayList<>(lines);
            nonsense.add(i, "nonsense");
            assertNotNull(fault(nonsense), "nonsense before line " + i);
        }
    }

    @Test
    void whatAKilledProcessLeftOfALineIsCutOff() throws Exception {
        append(1, 2);
        Files.writeString(
                folder.resolve("audit.jsonl"),
                "{\"sequence\":3,\"ti",
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
        assertEquals(2, lines().size());
        append(3, 3);
        assertEquals(3, lines().size());
        assertNull(fault(lines()));
    }

    @Test
    void aDamagedLineDoesNotStopTheAuditAndGoesOnShowing() throws Exception {
        append(1, 2);
        Path file = folder.resolve("audit.jsonl");
        Files.writeString(file, Files.readString(file).replace("\"sequence\":2", "\"sequence\":x"));
        append(3, 4);
        assertEquals(4, lines().size());
        assertEquals("line 2 is no audit event", fault(lines()));
    }

    @Test
    void filesAreClosedAndTheOldestGo() throws Exception {
        try (AuditLog log = new AuditLog(folder, 1_000, 3)) {
            for (int i = 1; i <= 100; i++) {
                log.append(event(i));
            }
        }
        assertEquals(3, AuditFiles.closed(folder).size());
        List<String> lines = lines();
        assertTrue(lines.size() < 40 && lines.size() > 5, lines.size() + " lines");
        assertNull(fault(lines));
        assertEquals(100, AuditEvent.read(lines.get(lines.size() - 1)).sequence());
        assertEquals(7, AuditFiles.last(folder, 7).size());
        append(101, 102);
        assertNull(fault(lines()));
    }

    @Test
    void anEventThatCannotBeWrittenFailsAndTheNextGoesOn() throws Exception {
        try (AuditLog log = new AuditLog(folder.resolve("not-there-yet"))) {
            assertThrows(IOException.class, () -> log.append(event(1)));
            Files.createDirectories(folder.resolve("not-there-yet"));
            log.append(event(1));
        }
        List<String> lines = new ArrayList<>();
        AuditFiles.read(folder.resolve("not-there-yet"), lines::add);
        assertEquals(1, lines.size());
    }
}
