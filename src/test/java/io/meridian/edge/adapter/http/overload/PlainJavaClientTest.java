package io.meridian.edge.adapter.http.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Java's own client as it comes: it upgrades its first request to HTTP/2, and asks the others over that. */
@QuarkusTest
class PlainJavaClientTest {
    private static final String BODY = "{\"placements\":[{\"id\":\"home-hero\"}],\"context\":{\"country\":\"DE\"}}";
    private static final String LOOK = "v1/decide/home-hero?country=DE";

    @TestHTTPResource("/")
    URI base;

    private HttpResponse<String> send(HttpClient client, String method, String path, BodyPublisher body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private void answered(HttpClient client, String method, String path, BodyPublisher body) throws Exception {
        HttpResponse<String> answer = send(client, method, path, body);
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(Version.HTTP_2, answer.version());
        assertTrue(answer.body().contains("home-hero"), answer.body());
    }

    @Test
    void looksFirst() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 3; i++) {
            answered(client, "GET", LOOK, BodyPublishers.noBody());
            answered(client, "POST", "v1/decide", BodyPublishers.ofString(BODY));
        }
    }

    @Test
    void sendsFirst() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 3; i++) {
            answered(client, "POST", "v1/decide", BodyPublishers.ofString(BODY));
            answered(client, "GET", LOOK, BodyPublishers.noBody());
        }
    }

    @Test
    void erases() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        answered(client, "GET", LOOK, BodyPublishers.noBody());
        HttpResponse<String> answer =
                send(client, "DELETE", "v1/subjects/customer/c-of-nobody", BodyPublishers.noBody());
        assertTrue(answer.statusCode() < 300 || answer.statusCode() == 503, answer.statusCode() + answer.body());
    }

    @Test
    void isToldToSayTheLengthOfABody() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        answered(client, "GET", LOOK, BodyPublishers.noBody());
        HttpResponse<String> answer = send(
                client,
                "POST",
                "v1/decide",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(BODY.getBytes(StandardCharsets.US_ASCII))));
        assertEquals(411, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("urn:meridian:problem:length-required"), answer.body());
        assertTrue(answer.body().contains("Content-Length"), answer.body());
        answered(client, "POST", "v1/decide", BodyPublishers.ofString(BODY));
    }
}
