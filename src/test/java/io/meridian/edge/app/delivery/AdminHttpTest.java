package io.meridian.edge.app.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.adapter.http.access.ApiKeys;
import io.meridian.edge.adapter.http.admin.AdminServer;
import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.core.release.RollbackOrder;
import io.meridian.edge.testing.Releases;
import io.meridian.edge.testing.TestBundles;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The doors of the administration, with keys of their own. */
class AdminHttpTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Releases PEOPLE = new Releases()
            .person("anna", "author:*", "author:locked", "rollback")
            .person("ben", "approve:*", "approve:locked");

    private static final String OPERATE = "operate-operate-operate-operate-operate-oper";
    private static final String GERMANY = "germany-germany-germany-germany-germany-germ";
    private static final String FRANCE = "france-france-france-france-france-france-fra";
    private static final ApiKeys KEYS = ApiKeys.of(List.of(
            new ApiKeys.Entry("ops", ApiKeys.hash(OPERATE), List.of("operate")),
            new ApiKeys.Entry("team-de", ApiKeys.hash(GERMANY), List.of("author:de")),
            new ApiKeys.Entry("team-fr", ApiKeys.hash(FRANCE), List.of("approve:fr"))));

    @TempDir
    static Path state;

    private static Vertx vertx;
    private static Edge edge;
    private static AdminServer server;
    private static URI admin;

    @BeforeAll
    static void open() throws Exception {
        edge = new Edge(state, PEOPLE.trust());
        edge.delivery.begin(new Folder(TestBundles.SAMPLE));
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        server = AdminServer.listen(
                vertx, "127.0.0.1", 0, KEYS, new DeliveryDoors(edge.delivery, edge.active), Archive.MAX_BYTES);
        admin = URI.create("http://127.0.0.1:" + server.port());
    }

    @AfterAll
    static void close() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        edge.close();
    }

    private HttpResponse<String> send(String method, String path, byte[] body, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(admin.resolve(path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (key != null) {
            request.header("X-API-Key", key);
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> reply) throws IOException {
        return MAPPER.readTree(reply.body());
    }

    private JsonNode standing() throws IOException {
        return json(send("GET", "/v1/bundle", null, OPERATE));
    }

    /** What is active, as files: the sample with the German rules as they are now. */
    private static SortedMap<String, byte[]> sample(long revision, String comment) {
        SortedMap<String, byte[]> files = Releases.revision(Releases.files(TestBundles.SAMPLE), revision);
        String rules = new String(files.get("markets/de/rules.yaml"), StandardCharsets.UTF_8);
        return Releases.with(files, "markets/de/rules.yaml", rules + "# " + comment + "\n");
    }

    private static String type(String code) {
        return "urn:meridian:problem:" + code;
    }

    @Test
    void noDoorOpensWithoutAKeyOfTheAdministration() throws Exception {
        for (String[] route : new String[][] {
            {"GET", "/v1/bundle"},
            {"GET", "/v1/history"},
            {"POST", "/v1/bundles"},
            {"POST", "/v1/bundles/7/activate"},
            {"GET", "/v1/nothing"}
        }) {
            byte[] body = route[0].equals("POST") ? new byte[10] : null;
            for (String key : new String[] {null, "nonsense", "x".repeat(5000)}) {
                HttpResponse<String> reply = send(route[0], route[1], body, key);
                assertEquals(401, reply.statusCode(), route[1] + " with " + key);
                assertTrue(reply.headers().firstValue("WWW-Authenticate").isPresent());
                assertEquals(type("unauthenticated"), json(reply).get("type").asText());
            }
        }
    }

    @Test
    void everyRefusalIsWrittenDownAndAFloodIsCounted() throws Exception {
        for (int i = 0; i < 50; i++) {
            send("POST", "/v1/bundles", new byte[10], "nobody-knows-this-key");
        }
        Await.until("the audit", () -> history().contains("\"event\":\"refused\""));
        long lines = history()
                .lines()
                .filter(line -> line.contains("\"who\":\"unknown\"") && line.contains("unauthenticated"))
                .count();
        assertTrue(lines < 10, lines + " lines for one caller");
        assertFalse(history().contains("nobody-knows-this-key"));
    }

    private String history() {
        return send("GET", "/v1/history?limit=1000", null, OPERATE).body();
    }

    @Test
    void aBundleIsPushedStagedActivatedAndUndone() throws Exception {
        long revision = standing().at("/highestRevision").asLong();
        String before = standing().at("/active/content").asText();
        byte[] next = PEOPLE.signed(Releases.bundle(sample(revision + 1, "one"), before), "anna", "ben");
        HttpResponse<String> pushed = send("POST", "/v1/bundles", next, GERMANY);
        assertEquals(200, pushed.statusCode(), pushed.body());
        assertEquals("activated", json(pushed).get("outcome").asText());
        assertEquals(
                "unchanged",
                json(send("POST", "/v1/bundles", next, GERMANY)).get("outcome").asText());
        assertEquals(revision + 1, edge.revision());

        String active = standing().at("/active/content").asText();
        byte[] later = PEOPLE.signed(Releases.bundle(sample(revision + 2, "two"), active), "anna", "ben");
        HttpResponse<String> staged = send("POST", "/v1/bundles?stage=true", later, OPERATE);
        assertEquals(202, staged.statusCode(), staged.body());
        assertEquals(active, standing().at("/active/content").asText());
        String activate = "/v1/bundles/" + (revision + 2) + "/activate";
        assertEquals(403, send("POST", activate, null, FRANCE).statusCode());
        assertEquals(200, send("POST", activate, null, OPERATE).statusCode());
        assertEquals(404, send("POST", activate, null, OPERATE).statusCode());

        String order = PEOPLE.order(
                new RollbackOrder(
                        "eu-central",
                        standing().at("/active/content").asText(),
                        active,
                        "a mistake",
                        Instant.now().plusSeconds(600)),
                "anna");
        String back = "/v1/bundles/" + (revision + 1) + "/activate";
        byte[] body = order.getBytes(StandardCharsets.US_ASCII);
        assertEquals(403, send("POST", back, body, GERMANY).statusCode());
        HttpResponse<String> rolled = send("POST", back, body, OPERATE);
        assertEquals(200, rolled.statusCode(), rolled.body());
        assertEquals(active, standing().at("/active/content").asText());
        HttpResponse<String> twice = send("POST", back, body, OPERATE);
        assertEquals(409, twice.statusCode());
        assertEquals(type("bad-rollback"), json(twice).get("type").asText());
        String history = history();
        for (String event : List.of("offered", "activated", "staged", "rollback-ordered", "rolled-back", "rejected")) {
            assertTrue(history.contains("\"event\":\"" + event + "\""), event + " in " + history);
        }
    }

    @Test
    void whatIsRefusedSaysWhy() throws Exception {
        long revision = standing().at("/highestRevision").asLong();
        String base = standing().at("/active/content").asText();
        SortedMap<String, byte[]> next = sample(revision + 1, "refused");
        byte[] fine = PEOPLE.signed(Releases.bundle(next, base), "anna", "ben");
        HttpResponse<String> otherMarket = send("POST", "/v1/bundles", fine, FRANCE);
        assertEquals(403, otherMarket.statusCode());
        assertEquals(type("forbidden"), json(otherMarket).get("type").asText());

        refused(400, "bad-archive", new byte[1000]);
        refused(409, "wrong-base", PEOPLE.signed(Releases.bundle(next, null), "anna", "ben"));
        refused(409, "old-revision", PEOPLE.signed(Releases.bundle(sample(revision, "old"), base), "anna", "ben"));
        refused(403, "missing-author", Releases.bundle(next, base).write());
        SortedMap<String, byte[]> broken = Releases.with(next, "markets/de/rules.yaml", "rules:\n  - nonsense: true\n");
        HttpResponse<String> reply =
                refused(422, "does-not-compile", PEOPLE.signed(Releases.bundle(broken, base), "anna", "ben"));
        assertEquals("markets/de/rules.yaml", json(reply).at("/problems/0/file").asText());
        assertTrue(json(reply).at("/problems/0/line").asInt() > 0);
        assertEquals("does-not-compile", standing().at("/active/rejected/code").asText());
    }

    private HttpResponse<String> refused(int status, String code, byte[] archive) throws IOException {
        HttpResponse<String> reply = send("POST", "/v1/bundles", archive, OPERATE);
        assertEquals(status, reply.statusCode(), reply.body());
        assertTrue(reply.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json"));
        assertEquals(type(code), json(reply).get("type").asText());
        return reply;
    }

    @Test
    void nobodyUnknownMakesTheServiceHoldABodyAndNobodyAtAllALargeOne() throws Exception {
        assertEquals("HTTP/1.1 401", status("POST /v1/bundles HTTP/1.1\r\nTransfer-Encoding: chunked\r\n", ""));
        assertEquals("HTTP/1.1 413", status("POST /v1/bundles HTTP/1.1\r\nContent-Length: 99999999999\r\n", OPERATE));
    }

    /** Sends a head and no body, and reads the first line of what comes. */
    private String status(String head, String key) throws IOException {
        try (Socket socket = new Socket(admin.getHost(), admin.getPort())) {
            socket.setSoTimeout(20_000);
            String whole = head + "Host: x\r\nX-API-Key: " + key + "\r\n\r\n";
            socket.getOutputStream().write(whole.getBytes(StandardCharsets.US_ASCII));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return line == null ? "closed" : line.substring(0, 12);
        }
    }

    @Test
    void strangeRequestsGetProblems() throws Exception {
        assertEquals(404, send("GET", "/v1/nothing", null, OPERATE).statusCode());
        assertEquals(405, send("DELETE", "/v1/bundle", null, OPERATE).statusCode());
        assertEquals(400, send("GET", "/v1/history?limit=0", null, OPERATE).statusCode());
        assertEquals(
                400,
                send("POST", "/v1/bundles?stage=maybe", new byte[1], OPERATE).statusCode());
        assertEquals(400, send("POST", "/v1/bundles/x/activate", null, OPERATE).statusCode());
    }

    /** The document names every door, and every door it names asks for a key. */
    @Test
    void theDocumentNamesTheDoors() {
        String yaml = send("GET", "/openapi", null, null).body();
        Map<?, ?> document = (Map<?, ?>)
                new org.snakeyaml.engine.v2.api.Load(LoadSettings.builder().build()).loadFromString(yaml);
        TreeSet<String> doors = new TreeSet<>();
        ((Map<?, ?>) document.get("paths"))
                .forEach((path, methods) ->
                        ((Map<?, ?>) methods).keySet().forEach(method -> doors.add(method + " " + path)));
        assertEquals(
                new TreeSet<>(List.of(
                        "get /v1/bundle",
                        "get /v1/history",
                        "post /v1/bundles",
                        "post /v1/bundles/{revision}/activate")),
                doors);
        doors.forEach(door -> {
            String[] parts = door.replace("{revision}", "1").split(" ", 2);
            assertEquals(
                    401,
                    send(parts[0].toUpperCase(java.util.Locale.ROOT), parts[1], null, null)
                            .statusCode());
        });
    }

    /** Whoever decides does not administrate, and the other way round: one key is one thing. */
    @Test
    void keysOfTheTwoPortsAreKeptApart() {
        ApiKeys deciding = ApiKeys.of(
                List.of(new ApiKeys.Entry("cdn", ApiKeys.hash("a deciding key, a deciding key"), List.of("decide"))));
        KEYS.requireApartFrom(deciding);
        assertThrows(IllegalArgumentException.class, () -> deciding.requireApartFrom(KEYS));
        ApiKeys shared = ApiKeys.of(List.of(new ApiKeys.Entry("also", ApiKeys.hash(OPERATE), List.of("operate"))));
        assertThrows(IllegalArgumentException.class, () -> shared.requireApartFrom(KEYS));
    }
}
