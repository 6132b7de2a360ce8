package io.meridian.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.meridian.edge.adapter.source.LimitedBody;
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
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Talks to the administration of one edge. */
final class AdminClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Longer than an edge may take to read, compile and warm. */
    private static final Duration ANSWER = Duration.ofSeconds(150);

    /** More than the longest history that can be asked for. */
    static final int MAX_ANSWER = 16 << 20;

    /** What the option says that allows it. */
    static final String PLAIN_HTTP =
            "Send your key over http to other machines too; else only over https, or to this machine.";

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

        /** As JSON with {@linkplain Printable printable} texts; empty if it is none. */
        JsonNode json() {
            try {
                JsonNode read = new ObjectMapper().readTree(body);
                return read == null ? MissingNode.getInstance() : Printable.of(read);
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
     * Throws {@link IllegalArgumentException} for an address that is none, and for one the key may not be sent to.
     *
     * @param address for example {@code http://127.0.0.1:8100}
     * @param key null for none
     * @param anyHost true to send the key unencrypted to other machines too
     */
    AdminClient(String address, @Nullable String key, boolean anyHost) {
        this.edge = URI.create(address.endsWith("/") ? address : address + "/");
        if (edge.getHost() == null || !("http".equals(edge.getScheme()) || "https".equals(edge.getScheme()))) {
            throw new IllegalArgumentException("'" + address + "' is no address such as http://127.0.0.1:8100");
        }
        if (key != null && !anyHost && !"https".equals(edge.getScheme()) && !isLoopback(edge.getHost())) {
            throw new IllegalArgumentException(
                    "'" + address
                            + "' would carry your key over the network unencrypted: use https, or --plain-http if the way there is safe");
        }
        this.key = key;
    }

    /** By what is written, without asking for names: whoever answers for names might lie. */
    private static boolean isLoopback(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.equals("localhost")
                || lower.equals("[::1]")
                || lower.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
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
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), head -> new LimitedBody(MAX_ANSWER));
        try {
            HttpResponse<byte[]> response = answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException(edge + " does not answer within " + ANSWER.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            String what = e.getCause() instanceof LimitedBody.TooLarge
                    ? " answers with more than " + MAX_ANSWER + " bytes"
                    : " does not answer: " + Printable.of(String.valueOf(e.getCause()));
            throw new IOException(edge + what, e);
        }
    }

    @Override
    public String toString() {
        return edge.toString();
    }
}
