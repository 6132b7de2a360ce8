package io.meridian.edge.adapter.redis;

import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Request;
import java.util.List;

/**
 * The way from one event loop to the node that holds a subject. All methods are to be called on the event loop, but those that say
 * otherwise.
 */
interface Route {
    /** Of its event loop. Any thread. */
    ContextInternal context();

    void start();

    /** Ends the connections and all commands in flight. Final. */
    void close();

    /**
     * Sends a command, or ends it before this returns.
     *
     * @param key any of the subject
     */
    void send(byte[] key, Request request, PendingCommand pending, int timeoutMillis);

    /**
     * Sends several commands at once, counted as one, or ends them before this returns.
     *
     * @param key any of any of the subjects, which are all of one {@link #lane}
     */
    void send(byte[] key, List<Request> requests, PendingBatch pending, int timeoutMillis);

    /** True if commands are taken now, whatever the subject. Any thread. */
    boolean ready();

    /** True if there is a connection to a node without the region's mark. Any thread. */
    boolean unmarked();

    /** Which of the nodes holds a subject; commands of one lane may be sent together. Any thread. */
    int lane(byte[] key);

    /** Changes whenever subjects may have come to other lanes. Any thread. */
    int layout();
}
