package io.meridian.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.testing.TestBundles;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A folder that is watched: what is saved decides a moment later, and no caller notices the exchange. */
@QuarkusTest
@TestProfile(ReloadHttpTest.Watched.class)
class ReloadHttpTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path FOLDER = Path.of("target/reload-test/edge-config");
    private static final String BODY =
            "{\"placements\":[{\"id\":\"home-hero\",\"count\":3}],\"context\":{\"country\":\"DE\",\"channel\":\"web\"}}";

    /** A copy of the sample whose titles tell the revision. */
    public static final class Watched implements QuarkusTestProfile {
        private static boolean made;

        @Override
        public Map<String, String> getConfigOverrides() {
            if (!made) {
                made = true;
                delete(FOLDER);
                edition(1);
            }
            return Map.of("meridian.config", FOLDER.toString(), "meridian.watch", "true");
        }
    }

    private static void delete(Path folder) {
        if (Files.isDirectory(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** All files change at once: the folder gives its name to another. A slow machine might else rest in the middle of a save. */
    private static void edition(int revision) {
        Path next = FOLDER.resolveSibling(FOLDER.getFileName() + "-" + revision);
        Path before = FOLDER.resolveSibling(FOLDER.getFileName() + "-before");
        delete(next);
        delete(before);
        TestBundles.copy(TestBundles.SAMPLE, next);
        try (var files = Files.walk(next)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = next.relativize(file).toString();
                String text = Files.readString(file);
                if (path.contains("content")) {
                    text = text.replace("title: \"", "title: \"" + mark(revision) + " ");
                } else if (path.equals("bundle.yaml")) {
                    text = text.replaceAll("revision: \\d+", "revision: " + revision);
                }
                Files.writeString(file, text);
            }
            if (Files.exists(FOLDER)) {
                Files.move(FOLDER, before);
            }
            Files.move(next, FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String mark(long revision) {
        return "#" + revision + "#";
    }

    @TestHTTPResource("/")
    URI base;

    @Test
    void everyAnswerIsWhollyOfOneRevisionAndNoneFails() throws Exception {
        Queue<String> faults = new ConcurrentLinkedQueue<>();
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService callers = Executors.newFixedThreadPool(3);
        for (int i = 0; i < 3; i++) {
            callers.execute(() -> {
                HttpClientOf client = new HttpClientOf(base);
                while (!stop.get() && faults.isEmpty()) {
                    call(client, faults);
                }
            });
        }
        try {
            for (int revision = 2; revision <= 5; revision++) {
                edition(revision);
                long expected = revision;
                await("revision " + revision, () -> revision() == expected || !faults.isEmpty());
            }
        } finally {
            stop.set(true);
            callers.shutdown();
            assertTrue(callers.awaitTermination(60, TimeUnit.SECONDS));
        }
        assertEquals(List.of(), List.copyOf(faults));
    }

    private void call(HttpClientOf client, Queue<String> faults) {
        HttpResponse<String> reply = client.post("/v1/decide", BODY);
        try {
            if (reply.statusCode() != 200) {
                faults.add(reply.statusCode() + " " + reply.body());
                return;
            }
            JsonNode answer = MAPPER.readTree(reply.body());
            String mark = mark(answer.at("/bundle/revision").asLong());
            for (JsonNode item : answer.at("/decisions/0/items")) {
                String title = item.at("/content/title").asText();
                if (!title.startsWith(mark)) {
                    faults.add("revision " + mark + " shows " + title);
                }
            }
        } catch (IOException e) {
            faults.add(e.toString());
        }
    }

    private long revision() {
        try {
            return MAPPER.readTree(new HttpClientOf(base).get("/v1/bundle").body())
                    .get("revision")
                    .asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            Thread.onSpinWait();
        }
    }
}
