package io.meridian.edge.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
    /** Well within the time for which calls are taken after SIGTERM. */
    private static final long STILL_COMING_NANOS = TimeUnit.SECONDS.toNanos(2);

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
            for (String metric : List.of("meridian_redis_commands_total", "meridian_http_request_seconds_count")) {
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
    void whoStillComesWhileItEndsIsAnsweredAndEveryDecisionIsRecorded() throws Exception {
        Service region = production.start(Service.freePorts(), folder).ready();
        AtomicInteger decided = new AtomicInteger();
        AtomicLong until = new AtomicLong(Long.MAX_VALUE);
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        List<Thread> callers = new ArrayList<>();
        Path records = folder.resolve("decision-log");
        long before = Folders.lines(records);
        try {
            for (int i = 0; i < 4; i++) {
                Http caller = region.decisions(production.key());
                callers.add(new Thread(() -> call(caller, until, decided, failures)));
                callers.get(i).start();
            }
            region.await("busy", () -> decided.get() >= 200);
            region.terminate();
            until.set(System.nanoTime() + STILL_COMING_NANOS);
            int exit = region.exit();
            assertTrue(Set.of(0, 143).contains(exit), "exit code " + exit + "\n" + region.log());
            for (Thread caller : callers) {
                caller.join();
            }
            assertEquals(List.of(), List.copyOf(failures));
            assertTrue(
                    Folders.lines(records) - before >= decided.get(), "a record for each of " + decided + " decisions");
        } finally {
            until.set(System.nanoTime());
            region.close();
        }
    }

    /** Decides one after the other. */
    private static void call(Http caller, AtomicLong until, AtomicInteger decided, Queue<String> failures) {
        for (int i = 0; until.get() == Long.MAX_VALUE || System.nanoTime() - until.get() < 0; i++) {
            try {
                HttpResponse<String> answer = caller.send("POST", "/v1/decide", Figures.visit(i));
                if (answer.statusCode() == 200) {
                    decided.incrementAndGet();
                } else {
                    failures.add(answer.statusCode() + " " + answer.body());
                }
            } catch (IOException e) {
                failures.add(e.toString());
                return;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void whoWasLetInIsAnsweredAlsoAfterTheDoorHasClosed() throws Exception {
        String body = Figures.visit(1);
        String head = "POST /v1/decide HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + production.key()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        Service region = production.start(Service.freePorts(), folder).ready();
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), region.port())) {
            slow.setSoTimeout(60_000);
            slow.getOutputStream().write((head + body.charAt(0)).getBytes(StandardCharsets.US_ASCII));
            region.decisions(production.key()).json(200, "POST", "/v1/decide", body);
            region.terminate();
            region.await("closed to who comes now", () -> isClosed(region.port()));
            slow.getOutputStream().write(body.substring(1).getBytes(StandardCharsets.US_ASCII));
            String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 200 "), "\"" + answer + "\"\n" + region.log());
            assertTrue(Set.of(0, 143).contains(region.exit()), region.log());
        } finally {
            region.close();
        }
    }

    private static boolean isClosed(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return false;
        } catch (ConnectException refused) {
            return true;
        }
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
