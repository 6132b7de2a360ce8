package io.meridian.edge.adapter.source;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A static host. Asks with {@code If-None-Match} and {@code If-Modified-Since} (RFC 9110, section 13.1), follows no redirect, waits and
 * reads no longer than it is told.
 */
public final class HttpSource implements ArchiveSource, AutoCloseable {
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    /** Longer validators are not sent back. */
    private static final int MAX_VALIDATOR = 1_024;

    private final URI address;
    private final int maxBytes;
    private final Duration patience;
    private final HttpClient client;
    private @Nullable HttpResponse<byte[]> fetched;
    private @Nullable HttpResponse<byte[]> inUse;

    /**
     * @param address {@code http} or {@code https}
     * @param maxBytes a larger body is not read to its end
     * @param patience for connecting, and again for the whole answer
     */
    public HttpSource(URI address, int maxBytes, Duration patience) {
        this.address = address;
        this.maxBytes = maxBytes;
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
    }

    @Override
    public byte @Nullable [] fetch() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(patience)
                .header("Accept", "application/zip, application/octet-stream, */*;q=0.1");
        HttpResponse<byte[]> known = inUse;
        if (known != null) {
            validator(known, "ETag", request, "If-None-Match");
            validator(known, "Last-Modified", request, "If-Modified-Since");
        }
        HttpResponse<byte[]> response = send(request.build());
        if (response.statusCode() == NOT_MODIFIED && known != null) {
            return null;
        }
        if (response.statusCode() != OK) {
            boolean redirect = response.statusCode() / 100 == 3;
            throw new IOException("the source answers " + response.statusCode()
                    + (redirect ? ": redirects are not followed, give the address itself" : ""));
        }
        fetched = response;
        boolean same = known != null && java.util.Arrays.equals(known.body(), response.body());
        return same ? null : response.body();
    }

    private static void validator(
            HttpResponse<byte[]> known, String header, HttpRequest.Builder request, String condition) {
        known.headers()
                .firstValue(header)
                .filter(value -> value.length() <= MAX_VALIDATOR)
                .ifPresent(value -> request.header(condition, value));
    }

    /** The client's own time-out ends with the headers; this one holds for the body too. */
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, info -> new LimitedBody(info.statusCode() == OK ? maxBytes : 0));
        try {
            return answer.get(2 * patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("the source has not sent everything within " + 2 * patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String what = cause instanceof LimitedBody.TooLarge
                    ? "the source's answer is larger than " + maxBytes + " bytes"
                    : "the source cannot be reached: " + cause;
            throw new IOException(what, e);
        }
    }

    @Override
    public void taken() {
        inUse = fetched;
    }

    /** Nothing is held open between fetches but what the client pools, and that goes with it. */
    @Override
    public void close() {
        fetched = null;
        inUse = null;
    }
}
