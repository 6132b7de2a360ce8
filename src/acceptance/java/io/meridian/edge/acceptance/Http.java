package io.meridian.edge.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls one port. */
final class Http {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String key;

    /**
     * Calls of somebody.
     *
     * @param key the caller's API key; empty for none
     */
    Http(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    /** Headers as names and values in turn. A body is JSON unless a header says otherwise. */
    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
        boolean typed = body == null;
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
            typed |= headers[i].equalsIgnoreCase("Content-Type");
        }
        if (!typed) {
            request.header("Content-Type", "application/json");
        }
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, null, headers);
    }

    /** The body of an answer that has this status. */
    JsonNode json(int status, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send(method, path, body, headers);
        assertEquals(status, answer.statusCode(), () -> method + " " + path + ": " + answer.body());
        return read(answer.body());
    }

    /** The problem document of a refusal. */
    JsonNode problem(int status, String type, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send(method, path, body, headers);
        assertEquals(status, answer.statusCode(), () -> method + " " + path + ": " + answer.body());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", ""));
        JsonNode problem = read(answer.body());
        assertEquals("urn:meridian:problem:" + type, problem.path("type").asText(), answer.body());
        assertEquals(status, problem.path("status").asInt(), answer.body());
        assertTrue(!problem.path("title").asText().isEmpty(), answer.body());
        return problem;
    }

    static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }
}
