package io.meridian.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.adapter.http.access.ApiKeys;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With a key file no route opens without a key, and none with a key of the wrong role. */
@QuarkusTest
@TestProfile(AccessTest.WithKeys.class)
class AccessTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A key that decides, and some that decide nothing. */
    public static final class WithKeys implements QuarkusTestProfile {
        // Fixed, because the framework asks a profile for its settings more than once.
        static final String DECIDE = "decide-decide-decide-decide-decide-decide";
        static final String OPERATE = "operate-operate-operate-operate-operate-oper";
        static final String AUTHOR = "author-author-author-author-author-author";

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path file = Files.createTempFile("keys", ".jsonl");
                Files.write(
                        file,
                        List.of(
                                "# made for a test",
                                "",
                                line(DECIDE, "decide"),
                                line(AUTHOR, "author:de"),
                                line(OPERATE, "operate"),
                                line("x", "approve:*")));
                file.toFile().deleteOnExit();
                return Map.of("meridian.api-keys-file", file.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String line(String key, String role) {
            return "{\"id\":\"of-" + role + "\",\"sha256\":\"" + ApiKeys.hash(key) + "\",\"roles\":[\"" + role + "\"]}";
        }
    }

    @TestHTTPResource("/")
    URI base;

    @Test
    void everyRouteAsksForAKeyAndForARole() throws Exception {
        HttpClientOf client = new HttpClientOf(base);
        String author = WithKeys.AUTHOR;
        int[] routes = new int[1];
        document(client)
                .get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(name -> {
                    if (name.equals("parameters")) {
                        return;
                    }
                    String method = name.toUpperCase(Locale.ROOT);
                    String address = path.getKey().replaceAll("\\{[a-z]+}", "x");
                    String body = method.equals("GET") || method.equals("DELETE") ? null : "{}";
                    HttpResponse<String> without = client.send(method, address, body);
                    HttpResponse<String> wrong = client.send(method, address, body, "X-API-Key", author + "x");
                    HttpResponse<String> authored =
                            client.send(method, address, body, "Authorization", "Bearer " + author);
                    assertEquals(401, without.statusCode(), method + " " + address + " " + without.body());
                    assertTrue(without.headers().firstValue("WWW-Authenticate").isPresent());
                    assertEquals(401, wrong.statusCode(), method + " " + address);
                    assertEquals(403, authored.statusCode(), method + " " + address + " " + authored.body());
                    assertFalse(wrong.body().contains(author));
                    routes[0]++;
                }));
        assertTrue(routes[0] >= 10);
    }

    @Test
    void nobodyUnknownMakesTheServiceHoldABody() throws Exception {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(5_000);
            // A body is announced and never sent: whoever answers has not waited for it.
            String head = "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertTrue(reader.readLine().contains(" 401 "));
        }
    }

    @Test
    void onlyOperatorsLearnWhereABundleLies() {
        HttpClientOf client = new HttpClientOf(base);
        assertFalse(
                client.get("/v1/bundle", "X-API-Key", WithKeys.DECIDE).body().contains("\"source\""));
        assertTrue(
                client.get("/v1/bundle", "X-API-Key", WithKeys.OPERATE).body().contains("\"source\""));
    }

    @Test
    void aDecidersKeyDecidesButDoesNotExplain() {
        HttpClientOf client = new HttpClientOf(base);
        String key = WithKeys.DECIDE;
        String plain = "{\"placements\":[{\"id\":\"home-hero\"}]}";
        String explained = "{\"placements\":[{\"id\":\"home-hero\"}],\"options\":{\"explain\":\"reasons\"}}";
        assertEquals(
                200,
                client.post("/v1/decide", plain, "Authorization", "bearer " + key)
                        .statusCode());
        assertEquals(200, client.post("/v1/decide", plain, "X-API-Key", key).statusCode());
        assertEquals(403, client.post("/v1/decide", explained, "X-API-Key", key).statusCode());
        assertEquals(
                403,
                client.send("DELETE", "/v1/subjects/customer/c-1", null, "X-API-Key", key)
                        .statusCode());
    }

    private static JsonNode document(HttpClientOf client) throws Exception {
        return MAPPER.readTree(client.get("/q/openapi?format=json").body());
    }
}
