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

/** Reads a body, as far as it is allowed to grow. */
final class BodyReading implements Handler<Buffer> {
    /** Told how it ended, once; not at all if the caller hangs up. */
    interface Listener {
        /** The whole body is there. */
        void read(Buffer body);

        /** It is larger than any door takes; the rest is not read. */
        void tooLarge();
    }

    private static final Buffer NOTHING = Buffer.buffer();

    private final Listener listener;
    private final Visit visit;
    private Buffer body = NOTHING;
    /** The framework does not take a stream of HTTP/2 that has ended: there the last byte is awaited, not the end. */
    private final int last;

    /** Most bodies come in one, which is kept as it is; it cannot grow. */
    private int pieces;

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
        if (body.length() + chunk.length() > EventReader.MAX_BYTES) {
            over = true;
            visit.hasRead();
            listener.tooLarge();
        } else {
            body = pieces == 0 ? chunk : pieces == 1 ? joined(body, chunk) : body.appendBuffer(chunk);
            pieces++;
            if (body.length() == last) {
                end();
            }
        }
    }

    private static Buffer joined(Buffer first, Buffer second) {
        return Buffer.buffer(2 * (first.length() + second.length()))
                .appendBuffer(first)
                .appendBuffer(second);
    }

    private void end() {
        if (!over) {
            over = true;
            visit.hasRead();
            listener.read(body);
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
