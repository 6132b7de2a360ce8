package io.meridian.edge.adapter.http.overload;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import org.jspecify.annotations.Nullable;

/** One request, from its head to its answer or the end of its connection; the handler of its end, whichever comes. */
public final class Visit implements Handler<AsyncResult<Void>> {
    private final WatchedConnection connection;
    private @Nullable Lane lane;
    private boolean reading;
    private boolean passing;
    private boolean over;

    /** @param http2 true if others may be on their way on the same connection */
    public Visit(WatchedConnection connection, boolean http2) {
        this.connection = connection;
        connection.began(http2);
    }

    /** Its body is awaited. */
    public void reads() {
        reading = true;
        connection.awaitsBody();
    }

    /** It is refused, and what is still to come of its body is let pass by: what comes on the connection until then is no other request's. */
    public void passesBy() {
        passing = true;
        reads();
    }

    /** Its body is there, or will not be waited for. Idempotent. */
    public void hasRead() {
        if (reading) {
            reading = false;
            connection.hasBody();
            if (over) {
                connection.answered();
            }
        }
    }

    /** It is worked on from now. */
    void enter(Lane taken) {
        if (!over) {
            lane = taken;
            taken.enter();
        }
    }

    @Override
    public void handle(AsyncResult<Void> end) {
        if (!over) {
            if (!passing) {
                hasRead();
            }
            over = true;
            if (!reading) {
                connection.answered();
            }
            if (lane != null) {
                lane.leave();
            }
        }
    }
}
