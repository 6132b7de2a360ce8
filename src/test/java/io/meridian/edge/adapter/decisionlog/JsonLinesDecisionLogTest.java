package io.meridian.edge.adapter.decisionlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.core.log.DecisionRecord;
import io.meridian.edge.core.model.CandidateTrace;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Degradation;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.Rung;
import io.meridian.edge.core.model.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesDecisionLogTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String CANARY = "canary-7f3a";

    @TempDir
    Path folder;

    @Test
    void writesTheAllowedFieldsAndNothingElse() throws Exception {
        try (JsonLinesDecisionLog log = JsonLinesDecisionLog.open(settings(64, 1 << 20, 4))) {
            log.offer(new DecisionRecord(1_767_225_600_123L, decision("d-1"), "web", true, 950));
        }
        List<String> lines = lines();
        assertEquals(1, lines.size());
        assertEquals(MAPPER.readTree("""
                {"decisionId":"d-1","at":"2026-01-01T00:00:00.123Z","region":"eu-central",
                 "bundle":{"revision":7,"digest":"sha256:abc"},"market":"de","jurisdiction":"gdpr","personalised":true,
                 "granted":["SELECT_CONTENT","MEASURE"],"channel":"web","subject":true,
                 "placements":[
                   {"placement":"home-hero","reason":"RANKED","drawn":true,
                    "items":[{"offer":"spring-sale","variant":"b","propensity":0.25}]},
                   {"placement":"footer","reason":"STATIC","drawn":false,
                    "items":[{"offer":null,"variant":null,"propensity":0.0}]}],
                 "degraded":["MODEL_FAILED","CAP_UNKNOWN"],"micros":950}"""), MAPPER.readTree(lines.get(0)));
    }

    @Test
    void keepsNothingThatACallerWroteOrThatShowsTheVisitor() throws Exception {
        try (JsonLinesDecisionLog log = JsonLinesDecisionLog.open(settings(64, 1 << 20, 4))) {
            log.offer(new DecisionRecord(0, decision("d-1"), "web", true, 1));
        }
        String everything = String.join("\n", lines());
        assertTrue(everything.contains("d-1"));
        assertFalse(everything.contains(CANARY), everything);
    }

    @Test
    void accountsForEveryRecordOfAFlood() throws Exception {
        int threads = 6;
        JsonLinesDecisionLog log = JsonLinesDecisionLog.open(settings(256, 1 << 30, 4));
        AtomicBoolean enough = new AtomicBoolean();
        AtomicLongArray offered = new AtomicLongArray(threads);
        List<Thread> producers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int producer = t;
            Thread thread = new Thread(() -> {
                while (!enough.get()) {
                    log.offer(new DecisionRecord(
                            0, decision(producer + "-" + offered.getAndIncrement(producer)), "", false, 1));
                }
            });
            thread.start();
            producers.add(thread);
        }
        // The close comes while they still offer: what is late must be counted, too.
        waitUntil(() -> log.written() > 5000 && log.dropped() > 0);
        log.close();
        long writtenAtClose = log.written();
        enough.set(true);
        long total = 0;
        for (int t = 0; t < threads; t++) {
            producers.get(t).join();
            total += offered.get(t);
        }
        Set<String> read = new HashSet<>();
        for (String line : lines()) {
            assertTrue(read.add(MAPPER.readTree(line).get("decisionId").asText()), "twice: " + line);
        }
        assertEquals(total, log.produced());
        assertEquals(log.produced(), log.written() + log.dropped());
        assertEquals(writtenAtClose, log.written());
        assertEquals(log.written(), read.size());
    }

    @Test
    void losesNothingAtTheClose() throws Exception {
        JsonLinesDecisionLog log = JsonLinesDecisionLog.open(settings(4096, 1 << 20, 4));
        for (int i = 0; i < 3000; i++) {
            log.offer(new DecisionRecord(0, decision("d-" + i), "", false, 1));
        }
        log.close();
        assertEquals(3000, log.written());
        assertEquals(3000, lines().size());
        log.offer(new DecisionRecord(0, decision("late"), "", false, 1));
        assertEquals(1, log.dropped());
    }

    @Test
    void rotatesAndKeepsTheNewestFiles() throws Exception {
        JsonLinesDecisionLog log = JsonLinesDecisionLog.open(settings(4096, 10_000, 3));
        for (int i = 0; i < 1000; i++) {
            log.offer(new DecisionRecord(0, decision("d-" + i), "", false, 1));
        }
        log.close();
        assertEquals(1000, log.written());
        List<Path> files = files();
        assertEquals(3, files.size());
        for (Path file : files) {
            assertTrue(Files.size(file) <= 10_000, file + " has " + Files.size(file));
        }
        List<String> lines = lines();
        assertEquals(
                "d-999",
                MAPPER.readTree(lines.get(lines.size() - 1)).get("decisionId").asText());
        assertEquals(
                "d-" + (1000 - lines.size()),
                MAPPER.readTree(lines.get(0)).get("decisionId").asText());
    }

    @Test
    void goesOnWhereAKilledProcessEnded() throws Exception {
        write("d-1");
        Path file = files().get(0);
        Files.writeString(file, "{\"decisionId\":\"half", StandardOpenOption.APPEND);
        write("d-2");
        assertEquals(List.of(file), files());
        assertEquals(List.of("d-1", "d-2"), ids());
    }

    @Test
    void countsWhatCannotBeWritten() throws Exception {
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file where the folder should be");
        JsonLinesDecisionLog log = JsonLinesDecisionLog.open(
                new JsonLinesDecisionLog.Settings(blocked, 64, 10_000, 2, Duration.ofMillis(1)));
        for (int i = 0; i < 1000; i++) {
            log.offer(new DecisionRecord(0, decision("d-" + i), "", false, 1));
        }
        log.close();
        assertEquals(1000, log.produced());
        assertEquals(0, log.written());
        assertEquals(1000, log.dropped());
    }

    @Test
    void recoversWhenTheFolderBecomesWritable() throws Exception {
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file where the folder should be");
        JsonLinesDecisionLog log = JsonLinesDecisionLog.open(
                new JsonLinesDecisionLog.Settings(blocked, 64, 10_000, 2, Duration.ofMillis(1)));
        for (int i = 0; i < 50; i++) {
            log.offer(new DecisionRecord(0, decision("d-" + i), "", false, 1));
        }
        waitUntil(() -> log.waiting() < 50);
        Files.delete(blocked);
        waitUntil(() -> log.written() == 50);
        log.close();
        assertEquals(0, log.dropped());
    }

    @Test
    void aFailedWriteLeavesNoHalfLine() throws Exception {
        RotatedFiles files = new RotatedFiles(folder, 10_000, 2);
        files.append(StandardCharsets.UTF_8.encode("{\"decisionId\":\"d-1\"}\n"));
        files.close();
        // As a disk that fills up in the middle of a write leaves it.
        Files.writeString(files().get(0), "{\"decisionId\":\"hal", StandardOpenOption.APPEND);
        files.append(StandardCharsets.UTF_8.encode("{\"decisionId\":\"d-2\"}\n"));
        files.close();
        assertEquals(List.of("d-1", "d-2"), ids());
    }

    @Test
    void exposesItsCounters() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        JsonLinesDecisionLog log = JsonLinesDecisionLog.open(settings(64, 10_000, 2));
        new DecisionLogMeters(log).bindTo(registry);
        log.offer(new DecisionRecord(0, decision("d-1"), "", false, 1));
        log.close();
        log.offer(new DecisionRecord(0, decision("d-2"), "", false, 1));
        assertEquals(
                2,
                registry.get("meridian.decision.records.produced")
                        .functionCounter()
                        .count());
        assertEquals(
                1,
                registry.get("meridian.decision.records")
                        .tag("outcome", "written")
                        .functionCounter()
                        .count());
        assertEquals(
                1,
                registry.get("meridian.decision.records")
                        .tag("outcome", "dropped")
                        .functionCounter()
                        .count());
    }

    private void write(String id) {
        try (JsonLinesDecisionLog log = JsonLinesDecisionLog.open(settings(64, 10_000, 2))) {
            log.offer(new DecisionRecord(0, decision(id), "", false, 1));
        }
    }

    private JsonLinesDecisionLog.Settings settings(int capacity, long maxFileBytes, int maxFiles) {
        return new JsonLinesDecisionLog.Settings(folder, capacity, maxFileBytes, maxFiles, Duration.ofMillis(1));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return List.copyOf(new TreeSet<>(all.toList()));
        }
    }

    /** Every line of every file, each of which must be a JSON object by itself. */
    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files()) {
            String text = Files.readString(file);
            assertTrue(text.endsWith("\n"), file + " ends within a line");
            for (String line : text.split("\n")) {
                JsonNode node = MAPPER.reader()
                        .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                        .readTree(line);
                assertTrue(node.isObject(), line);
                lines.add(line);
            }
        }
        return lines;
    }

    private List<String> ids() throws IOException {
        List<String> ids = new ArrayList<>();
        for (String line : lines()) {
            ids.add(MAPPER.readTree(line).get("decisionId").asText());
        }
        return ids;
    }

    /** A decision with a canary in everything that must not be kept. */
    private static Decision decision(String id) {
        byte[] content = ("{\"title\":\"" + CANARY + "\"}").getBytes(StandardCharsets.UTF_8);
        List<CandidateTrace> trace = List.of(new CandidateTrace("spring-sale", Verdict.SELECTED, CANARY, null, null));
        return new Decision(
                id,
                CANARY,
                "eu-central",
                7,
                "sha256:abc",
                "de",
                new Decision.Privacy(
                        "gdpr",
                        true,
                        Purpose.SELECT_CONTENT.bit() | Purpose.MEASURE.bit(),
                        List.of(new Decision.Denial(Purpose.STORE, CANARY))),
                List.of(
                        new Decision.PlacementDecision(
                                "home-hero",
                                Rung.RANKED,
                                true,
                                List.of(new Decision.Item("spring-sale", "b", content, 0.25, 1)),
                                trace,
                                0),
                        new Decision.PlacementDecision(
                                "footer",
                                Rung.STATIC,
                                false,
                                List.of(new Decision.Item(null, null, content, 0, 1)),
                                null,
                                0)),
                Degradation.MODEL_FAILED.bit() | Degradation.CAP_UNKNOWN.bit(),
                Decision.Cache.PRIVATE,
                new long[0]);
    }

    private static void waitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 30 s");
            Thread.onSpinWait();
        }
    }
}
