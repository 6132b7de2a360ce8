package io.meridian.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Talks to the administration of one edge. */
final class AdminClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** As long as an edge may take to read, compile and warm. */
    private static final Duration ANSWER = Duration.ofSeconds(150);

    private static final int MAX_KEY_FILE = 4_096;
    private static final String LABEL = "key:";

    private final URI edge;
    private final @Nullable String key;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    /** What an edge answered. */
    record Reply(int status, String body) {
        boolean ok() {
            return status / 100 == 2;
        }

        /** As JSON; empty if it is none. */
        JsonNode json() {
            try {
                JsonNode read = new ObjectMapper().readTree(body);
                return read == null ? MissingNode.getInstance() : read;
            } catch (JsonProcessingException notJson) {
                return MissingNode.getInstance();
            }
        }

        /** The stable code of a problem; the status if the answer is none. */
        String code() {
            String type = json().path("type").asText();
            String prefix = "urn:meridian:problem:";
            return type.startsWith(prefix) ? type.substring(prefix.length()) : "http-" + status;
        }
    }

    /**
     * Throws {@link IllegalArgumentException} for an address that is none.
     *
     * @param address for example {@code http://127.0.0.1:8100}
     * @param key null for none
     */
    AdminClient(String address, @Nullable String key) {
        this.edge = URI.create(address.endsWith("/") ? address : address + "/");
        if (edge.getHost() == null || !("http".equals(edge.getScheme()) || "https".equals(edge.getScheme()))) {
            throw new IllegalArgumentException("'" + address + "' is no address such as http://127.0.0.1:8100");
        }
        this.key = key;
    }

    /** The key in a file: its first line, with or without the label that new-key prints. */
    static String key(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_KEY_FILE), StandardCharsets.US_ASCII).strip();
            String line = text.lines().findFirst().orElse("").strip();
            String key = line.startsWith(LABEL) ? line.substring(LABEL.length()).strip() : line;
            if (key.isEmpty()) {
                throw new IOException("there is no key in " + file);
            }
            return key;
        }
    }

    Reply get(String path) throws IOException {
        return send(HttpRequest.newBuilder(edge.resolve(path)).GET());
    }

    Reply post(String path, String mediaType, byte[] body) throws IOException {
        return send(HttpRequest.newBuilder(edge.resolve(path))
                .header("Content-Type", mediaType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private Reply send(HttpRequest.Builder request) throws IOException {
        request.timeout(ANSWER);
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            throw new IOException(edge + " does not answer: " + e, e);
        }
    }

    @Override
    public String toString() {
        return edge.toString();
    }
}
