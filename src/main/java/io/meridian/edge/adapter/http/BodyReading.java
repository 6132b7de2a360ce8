package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.overload.Visit;
import io.meridian.edge.adapter.http.wire.EventReader;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Reads a body, as far as it is allowed to grow. */
final class BodyReading implements Handler<Buffer> {
    /** Told how it ended, once; not at all if the caller hangs up. */
    interface Listener {
        /** The whole body is there. */
        void read(Buffer body);

        /** It is larger than any door takes; the rest is not read. */
        void tooLarge();
    }

    private final Listener listener;
    private final Visit visit;
    /** Most bodies come in one piece, which is kept as it is; it cannot grow. Null before the first. */
    private @Nullable Buffer body;

    /** The framework does not take a stream of HTTP/2 that has ended: there the last byte is awaited, not the end. */
    private final int last;

    private boolean grows;
    private boolean over;

    private BodyReading(HttpServerRequest request, Visit visit, Listener listener) {
        this.listener = listener;
        this.visit = visit;
        this.last = request.version() == HttpVersion.HTTP_2 ? length(request) : -1;
    }

    /** Begins; a caller that waits for a word to go on gets it. */
    static void begin(HttpServerRequest request, Visit visit, Listener listener) {
        BodyReading reading = new BodyReading(request, visit, listener);
        visit.reads();
        if (request.headers().contains(HttpHeaderNames.EXPECT, HttpHeaderValues.CONTINUE, true)) {
            request.response().writeContinue();
        }
        request.handler(reading);
        request.endHandler(end -> reading.end());
        // A caller that hangs up gets no answer, and what it sent so far is let go.
        request.exceptionHandler(failure -> visit.hasRead());
        request.resume();
    }

    @Override
    public void handle(Buffer chunk) {
        if (over) {
            return;
        }
        Buffer before = body;
        if (length() + chunk.length() > EventReader.MAX_BYTES) {
            over = true;
            visit.hasRead();
            listener.tooLarge();
            return;
        }
        if (before == null) {
            body = chunk;
        } else if (grows) {
            before.appendBuffer(chunk);
        } else {
            grows = true;
            body = Buffer.buffer(2 * (before.length() + chunk.length()))
                    .appendBuffer(before)
                    .appendBuffer(chunk);
        }
        if (length() == last) {
            end();
        }
    }

    private int length() {
        Buffer read = body;
        return read == null ? 0 : read.length();
    }

    private void end() {
        if (!over) {
            over = true;
            visit.hasRead();
            Buffer read = body;
            listener.read(read == null ? Buffer.buffer() : read);
        }
    }

    private static int length(HttpServerRequest request) {
        try {
            return Integer.parseInt(request.getHeader(HttpHeaders.CONTENT_LENGTH));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
