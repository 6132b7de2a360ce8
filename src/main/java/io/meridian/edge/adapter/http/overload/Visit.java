package io.meridian.edge.adapter.http.overload;

import org.jspecify.annotations.Nullable;

/** One request, from its head to its answer or the end of its connection. */
public final class Visit {
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

    /** It was answered, or its connection is gone. Idempotent. */
    public void end() {
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
