package io.meridian.edge.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A region as an operator runs it: keys, health, metrics, documents, and its end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperationsTest {
    @TempDir
    static Path folder;

    private static Production production;

    @BeforeAll
    static void prepare() throws Exception {
        Executable.path();
        production = new Production(folder);
    }

    @AfterAll
    static void end() {
        if (production != null) {
            production.close();
        }
    }

    @Test
    void aRegionAnswersForItsHealthAndCountsWhatItDoes() throws Exception {
        try (Service region = production.start().ready()) {
            Http callers = region.decisions(production.key());
            JsonNode answer = callers.json(200, "POST", "/v1/decide", Figures.visit(1));
            assertEquals("eu-central", answer.path("region").asText());
            region.decisions("").problem(401, "unauthenticated", "POST", "/v1/decide", Figures.visit(1));

            Http management = region.management();
            assertEquals(200, management.get("/q/health/live").statusCode());
            String metrics = management.get("/q/metrics").body();
            for (String metric : List.of("meridian_redis_commands_total", "http_server_requests_seconds")) {
                assertTrue(metrics.contains(metric), metric);
            }
            assertFalse(metrics.contains("c-1001"), "nobody is named in metrics");
            region.admin(production.adminKey()).json(200, "GET", "/v1/bundle", null);
            region.admin(production.key()).problem(401, "unauthenticated", "GET", "/v1/bundle", null);
            HttpResponse<String> document = callers.get("/q/openapi");
            assertEquals(200, document.statusCode());
            assertTrue(document.body().contains("/v1/decide"), document.body());
        }
    }

    @Test
    void whoeverIsBeingAnsweredWhenItEndsIsAnsweredAndEveryDecisionIsRecorded() throws Exception {
        Service region = production.start().ready();
        AtomicInteger decided = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        AtomicBoolean ending = new AtomicBoolean();
        List<Thread> callers = new ArrayList<>();
        Path records = folder.resolve("decision-log");
        long before = lines(records);
        try {
            for (int i = 0; i < 4; i++) {
                Http caller = region.decisions(production.key());
                callers.add(new Thread(() -> call(caller, ending, decided, failed)));
                callers.get(i).start();
            }
            region.await("busy", () -> decided.get() >= 200);
            ending.set(true);
            region.terminate();
            int exit = region.exit();
            assertTrue(Set.of(0, 143).contains(exit), "exit code " + exit + "\n" + region.log());
            for (Thread caller : callers) {
                caller.join();
            }
            assertEquals(0, failed.get(), "answers that were neither a decision nor a closed door");
            assertTrue(lines(records) - before >= decided.get(), "a record for each of " + decided + " decisions");
        } finally {
            ending.set(true);
            region.close();
        }
    }

    /** Decides until the door is closed; before the end is asked for, no call may fail. */
    private static void call(Http caller, AtomicBoolean ending, AtomicInteger decided, AtomicInteger failed) {
        for (int i = 0; ; i++) {
            try {
                int status = caller.send("POST", "/v1/decide", Figures.visit(i)).statusCode();
                (status == 200 ? decided : failed).incrementAndGet();
            } catch (IOException closed) {
                if (!ending.get()) {
                    failed.incrementAndGet();
                }
                return;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static long lines(Path records) throws IOException {
        if (!Files.isDirectory(records)) {
            return 0;
        }
        long lines = 0;
        try (Stream<Path> files = Files.walk(records)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (Stream<String> read = Files.lines(file)) {
                    lines += read.count();
                }
            }
        }
        return lines;
    }

    /** How large the figures may be depends on the machine; that each was taken does not. Last, after the work of the others. */
    @Test
    @Order(Integer.MAX_VALUE)
    void whatARegionCostsIsMeasured() throws Exception {
        Figures figures = Figures.measure(production);
        String table = figures.table(
                Executable.isNative() ? "native" : "JVM " + Runtime.version().feature());
        Files.writeString(Executable.path().getParent().resolve("acceptance-figures.md"), table);
        System.out.println(table);
        figures.rows().forEach((row, value) -> assertTrue(value > 0, row + ": " + value));
    }
}
