package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.ApiKeys;
import io.meridian.edge.adapter.http.overload.ConnectionWatch;
import io.meridian.edge.adapter.http.overload.EarlyRefusal;
import io.meridian.edge.adapter.http.overload.Overload;
import io.meridian.edge.adapter.http.overload.Urgency;
import io.meridian.edge.adapter.http.overload.Visit;
import io.meridian.edge.adapter.http.overload.WatchedConnection;
import io.meridian.edge.adapter.http.times.Door;
import io.meridian.edge.adapter.http.times.RequestTimes;
import io.meridian.edge.adapter.http.wire.EventReader;
import io.meridian.edge.adapter.http.wire.OfrepFailure;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes before it is routed: room for it, a known key, and a body no larger than any door takes. Nobody unknown makes us hold a
 * byte of a body, and for nobody who is turned away one is read.
 *
 * <p>A body that says its length is measured by that, any other while it comes. All are handed on whole: every door takes its
 * body as a whole anyway, and the framework would end a chunked body that grows too large without words for the caller, but with
 * the path, and so perhaps a subject's id, in the log. A request counts as under way once it is read: those who send slowly take no
 * room from others. The framework does not take a stream of HTTP/2 that has ended, so there the end of a body of unsaid length cannot be
 * awaited: such a body is refused. Which role a door takes is the door's own matter.
 */
@Singleton
public class Gate {
    /** Before the framework's own limit. */
    private static final int PRIORITY = Integer.MAX_VALUE - 2;

    /** Requests whose body a door reads. */
    private static final Set<HttpMethod> BODIES = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private static final String DECISIONS = "/v1/";
    private static final String RETRY_AFTER = Integer.toString(Replies.RETRY_AFTER);
    private static final byte[] NO_ROOM = Overload.problem().json();
    private static final byte[] NO_ROOM_OFREP = OfrepFailure.of(null, Overload.problem());

    private final ApiKeys keys;
    private final HttpMetrics metrics;
    private final RequestTimes times;
    private final Overload overload;
    private final ConnectionWatch connections;
    private final EarlyRefusal early;

    @Inject
    public Gate(ApiKeys keys, HttpMetrics metrics, RequestTimes times, Overload overload, ConnectionWatch connections) {
        this.keys = keys;
        this.metrics = metrics;
        this.times = times;
        this.overload = overload;
        this.connections = connections;
        this.early = new EarlyRefusal(
                overload, EdgeRequest.SUBJECT, EventReader.MAX_BYTES, Replies.RETRY_AFTER, this::turnedAwayEarly);
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void turnedAwayEarly(Door door) {
        metrics.problem(ProblemType.OVERLOADED);
        times.refused(door);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean http2 = request.version() == HttpVersion.HTTP_2;
        WatchedConnection connection = connections.of(request.connection());
        early.join(connection);
        String path = context.normalizedPath();
        boolean keyed = path.startsWith(DECISIONS) || path.startsWith(OfrepFailure.PATHS);
        Door door = keyed ? Door.of(path) : Door.OTHER;
        Urgency urgency = keyed ? overload.urgency(door, request.headers(), EdgeRequest.SUBJECT) : null;
        Passage passage = new Passage(context, new Visit(connection, http2), door, urgency);
        context.addEndHandler(passage);
        if (path.indexOf(';') >= 0) {
            // The router would take what follows for parameters and leave it out: another door, or another subject.
            refuse(
                    context,
                    Problem.of(ProblemType.NOT_FOUND, "a path takes no parameters: a semicolon in a name is %3B"));
            return;
        }
        if (urgency != null) {
            if (!overload.takes(urgency)) {
                passage.turnAway();
                return;
            }
            RequestHeaders headers = new RequestHeaders(request.headers());
            try {
                Admitted.admit(context, headers, keys.caller(headers));
            } catch (ProblemException e) {
                refuse(context, e.problem());
                return;
            }
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && exceeds(length)) {
            refuse(context, bodyTooLarge());
        } else if (http2 && length == null && BODIES.contains(request.method())) {
            refuse(context, unsaidLength());
        } else if (request.isEnded() || (http2 && length == null)) {
            // Over HTTP/2 a request that is all head has not ended yet.
            passage.enter();
        } else {
            BodyReading.begin(request, passage.visit, passage);
        }
    }

    /** One request on its way through. */
    private final class Passage implements BodyReading.Listener, Handler<AsyncResult<Void>> {
        private final RoutingContext context;
        private final Visit visit;
        private final Door door;
        private final @Nullable Urgency urgency;
        private final long begunAt = System.nanoTime();

        Passage(RoutingContext context, Visit visit, Door door, @Nullable Urgency urgency) {
            this.context = context;
            this.visit = visit;
            this.door = door;
            this.urgency = urgency;
        }

        @Override
        public void read(Buffer body) {
            ((RoutingContextInternal) context).setBody(body);
            enter();
        }

        @Override
        public void tooLarge() {
            refuse(context, bodyTooLarge());
        }

        /** A request that is read counts from now on; where others were read faster there may be no room left for it. */
        void enter() {
            if (urgency == null) {
                context.next();
            } else if (overload.takes(urgency)) {
                overload.enter(visit);
                context.next();
            } else {
                turnAway();
            }
        }

        /** As {@link EarlyRefusal} does, for the requests that it leaves. */
        void turnAway() {
            HttpServerRequest request = context.request();
            if (request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
                context.response().putHeader("Connection", "close");
            } else if (!request.isEnded()) {
                // A body of known length is let pass by: to connect anew would cost more, both of us.
                if (request.version() != HttpVersion.HTTP_2) {
                    visit.passesBy();
                    request.endHandler(end -> visit.hasRead());
                }
                request.resume();
            }
            context.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
            boolean ofrep = door == Door.FLAG || door == Door.FLAGS;
            tell(context, ProblemType.OVERLOADED, ofrep ? NO_ROOM_OFREP : NO_ROOM);
        }

        /** Answered, or the caller has gone. */
        @Override
        public void handle(AsyncResult<Void> end) {
            visit.end();
            if (end.failed()) {
                times.gone(door);
            } else {
                times.answered(door, context.response().getStatusCode(), System.nanoTime() - begunAt);
            }
        }
    }

    private void refuse(RoutingContext context, Problem problem) {
        HttpServerRequest request = context.request();
        if (!request.isEnded() && request.version() != HttpVersion.HTTP_2) {
            // What is still to come of the body is not worth reading.
            context.response().putHeader("Connection", "close");
        }
        if (problem.type() == ProblemType.UNAUTHENTICATED) {
            context.response().putHeader(HttpHeaders.WWW_AUTHENTICATE, Replies.CHALLENGE);
        }
        tell(context, problem.type(), Replies.body(context.normalizedPath(), problem));
    }

    private void tell(RoutingContext context, ProblemType type, byte[] body) {
        metrics.problem(type);
        context.response()
                .setStatusCode(type.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Replies.mediaType(context.normalizedPath()))
                .putHeader(HttpHeaders.CACHE_CONTROL, Replies.NO_STORE)
                .end(Buffer.buffer(body));
    }

    private static Problem unsaidLength() {
        return Problem.of(ProblemType.LENGTH_REQUIRED, "over HTTP/2 send Content-Length with a body");
    }

    private static Problem bodyTooLarge() {
        return Problem.of(ProblemType.BODY_TOO_LARGE, "at most " + EventReader.MAX_BYTES + " bytes are taken anywhere");
    }

    private static boolean exceeds(String length) {
        try {
            return Long.parseLong(length.trim()) > EventReader.MAX_BYTES;
        } catch (NumberFormatException e) {
            // Not a length: the server itself refuses it.
            return false;
        }
    }
}
