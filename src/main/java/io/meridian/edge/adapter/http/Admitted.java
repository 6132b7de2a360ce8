package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.Caller;
import io.meridian.edge.adapter.http.access.Headers;
import io.meridian.edge.adapter.http.access.Role;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RequestBody;
import io.vertx.ext.web.RoutingContext;

/** A request as the {@link Gate} let it in, for the door it goes to: who sends it, its headers, and its body as a whole. */
public final class Admitted {
    private static final String KEY = Admitted.class.getName();
    private static final byte[] NOTHING = {};

    private final RoutingContext context;
    private final Headers headers;
    private final Caller caller;

    private Admitted(RoutingContext context, Headers headers, Caller caller) {
        this.context = context;
        this.headers = headers;
        this.caller = caller;
    }

    /** Lets a request in. */
    static void admit(RoutingContext context, Headers headers, Caller caller) {
        context.put(KEY, new Admitted(context, headers, caller));
    }

    /** The request that came in with this context; only for paths that the gate asks for a key. */
    public static Admitted of(RoutingContext context) {
        Admitted admitted = context.get(KEY);
        if (admitted == null) {
            throw new IllegalStateException("a door stands where the gate asks nobody for a key");
        }
        return admitted;
    }

    /** Its caller. Throws a problem as {@link Caller#require} does if it has none of these roles. */
    public Caller caller(Role... anyOf) {
        caller.require(anyOf);
        return caller;
    }

    /** Its headers. */
    public Headers headers() {
        return headers;
    }

    /** Its body; without bytes if it has none. */
    public byte[] body() {
        RequestBody body = context.body();
        Buffer bytes = body == null ? null : body.buffer();
        return bytes == null ? NOTHING : bytes.getBytes();
    }
}
