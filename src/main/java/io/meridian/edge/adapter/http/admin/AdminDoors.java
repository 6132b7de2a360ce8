package io.meridian.edge.adapter.http.admin;

import io.meridian.edge.adapter.http.Replies;
import io.meridian.edge.adapter.http.access.ApiKeys;
import io.meridian.edge.adapter.http.access.Caller;
import io.meridian.edge.adapter.http.access.Role;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** The doors of the administration. Who calls is asked before a byte of a body is read. */
final class AdminDoors {
    private static final String CALLER = "caller";
    private static final String DOCUMENT = "META-INF/openapi-admin.yaml";
    private static final int MAX_ORDER_BYTES = 16 * 1024;
    /** As long a request may take. */
    static final int REQUEST_MILLIS = 120_000;

    /** So many archives are held in memory at once; the next is refused. */
    static final int MAX_BODIES = 3;

    private static final String STILL_AT_WORK = "it takes longer than " + REQUEST_MILLIS / 1_000
            + " s and goes on; GET /v1/bundle and /v1/history tell what came of it";
    private static final int HISTORY = 100;
    private static final int MAX_HISTORY = 1_000;

    private final Vertx vertx;
    private final ApiKeys keys;
    private final Administration administration;
    private final int maxArchiveBytes;
    private final Semaphore bodies = new Semaphore(MAX_BODIES);

    AdminDoors(Vertx vertx, ApiKeys keys, Administration administration, int maxArchiveBytes) {
        this.vertx = vertx;
        this.keys = keys;
        this.administration = administration;
        this.maxArchiveBytes = maxArchiveBytes;
    }

    Router router() {
        Router router = Router.router(vertx);
        router.route().handler(TimeoutHandler.create(REQUEST_MILLIS));
        router.get("/openapi").handler(this::document);
        router.route().handler(this::authenticate);
        router.get("/v1/bundle").handler(this::bundle);
        router.get("/v1/history").handler(this::history);
        router.post("/v1/bundles*").handler(this::requireReleasing);
        router.post("/v1/bundles").handler(this::makeRoom);
        router.post("/v1/bundles")
                .handler(BodyHandler.create(false).setBodyLimit(maxArchiveBytes))
                .handler(this::push);
        router.post("/v1/bundles/:revision/activate")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_ORDER_BYTES))
                .handler(this::activate);
        router.route().failureHandler(this::failed);
        router.errorHandler(404, context -> tell(context, Problem.of(ProblemType.NOT_FOUND, "there is no such path")));
        router.errorHandler(
                405,
                context -> tell(
                        context,
                        Problem.of(ProblemType.METHOD_NOT_ALLOWED, "the document at /openapi says what is allowed")));
        return router;
    }

    private void authenticate(RoutingContext context) {
        context.put(CALLER, keys.caller(context.request().headers()::getAll));
        context.next();
    }

    private static Caller caller(RoutingContext context) {
        return context.get(CALLER);
    }

    /** What a bundle touches is known only when it was read; whoever may touch nothing need not send one. */
    private void requireReleasing(RoutingContext context) {
        if (!caller(context).releases()) {
            throw new ProblemException(Problem.of(
                    ProblemType.FORBIDDEN, "this takes the role operate, author:<scope> or approve:<scope>"));
        }
        context.next();
    }

    /** Held until the answer is out, or the caller gone. */
    private void makeRoom(RoutingContext context) {
        if (!bodies.tryAcquire()) {
            throw new ProblemException(
                    Problem.of(ProblemType.BUSY, MAX_BODIES + " bundles are being taken already: try again"));
        }
        context.addEndHandler(end -> bodies.release());
        context.next();
    }

    private void bundle(RoutingContext context) {
        var active = administration.active();
        if (active == null) {
            throw new ProblemException(Problem.of(ProblemType.NOT_READY, "no bundle is active yet"));
        }
        boolean operator = caller(context).has(Role.OPERATE);
        json(context, 200, AdminJson.bundle(active, administration.state(), operator));
    }

    private void history(RoutingContext context) {
        int limit = limit(context.queryParam("limit"));
        vertx.executeBlocking(() -> administration.history(limit), false).onComplete(read -> {
            if (read.succeeded()) {
                StringBuilder lines = new StringBuilder();
                read.result().forEach(line -> lines.append(line).append('\n'));
                answer(context, 200, "application/x-ndjson", lines.toString().getBytes(StandardCharsets.UTF_8));
            } else {
                tell(context, Problem.of(ProblemType.INTERNAL, "the history cannot be read"));
            }
        });
    }

    private static int limit(List<String> values) {
        if (values.isEmpty()) {
            return HISTORY;
        }
        try {
            int limit = Integer.parseInt(values.get(0));
            if (values.size() == 1 && limit >= 1 && limit <= MAX_HISTORY) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw new ProblemException(
                Problem.inParameter(ProblemType.INVALID_PARAMETER, "limit", "takes 1 to " + MAX_HISTORY));
    }

    private void push(RoutingContext context) {
        List<String> stage = context.queryParam("stage");
        if (stage.size() > 1
                || stage.size() == 1
                        && !stage.get(0).equals("true")
                        && !stage.get(0).equals("false")) {
            throw new ProblemException(
                    Problem.inParameter(ProblemType.INVALID_PARAMETER, "stage", "takes true or false"));
        }
        answer(context, administration.push(body(context), stage.contains("true"), caller(context)));
    }

    private void activate(RoutingContext context) {
        long revision = revision(context.pathParam("revision"));
        byte[] order = body(context);
        if (order.length == 0) {
            answer(context, administration.activate(revision, caller(context)));
            return;
        }
        caller(context).require(Role.OPERATE);
        answer(
                context,
                administration.rollBack(revision, new String(order, StandardCharsets.US_ASCII), caller(context)));
    }

    private static long revision(String text) {
        try {
            int revision = Integer.parseInt(text);
            if (revision >= 1) {
                return revision;
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw new ProblemException(
                Problem.inParameter(ProblemType.INVALID_PARAMETER, "revision", "is a whole number from 1"));
    }

    private static byte[] body(RoutingContext context) {
        Buffer body = context.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    private void answer(RoutingContext context, CompletionStage<Administration.Answer> stage) {
        stage.whenComplete((answer, failure) -> context.vertx().runOnContext(back -> {
            if (failure != null || answer == null) {
                tell(context, Problem.of(ProblemType.INTERNAL, "the request could not be served"));
            } else if (answer instanceof Administration.Answer.Active active) {
                json(context, 200, AdminJson.active(active, administration.state()));
            } else if (answer instanceof Administration.Answer.Staged staged) {
                json(context, 202, AdminJson.staged(staged));
            } else if (answer instanceof Administration.Answer.Refused refused) {
                ProblemType type = ProblemType.ofSlug(refused.code());
                answer(context, type.status(), Problem.MEDIA_TYPE, AdminJson.problem(type, refused));
            }
        }));
    }

    private void failed(RoutingContext context) {
        if (context.failure() instanceof ProblemException ours) {
            tell(context, ours.problem());
        } else if (context.statusCode() == 413) {
            tell(context, Problem.of(ProblemType.BODY_TOO_LARGE, "at most " + maxArchiveBytes + " bytes are taken"));
        } else if (context.statusCode() == 503) {
            tell(context, Problem.of(ProblemType.STILL_WORKING, STILL_AT_WORK));
        } else {
            tell(context, Problem.of(ProblemType.INTERNAL, "the request could not be served"));
        }
    }

    private void tell(RoutingContext context, Problem problem) {
        ProblemType type = problem.type();
        boolean offered = HttpMethod.POST.equals(context.request().method()) && type != ProblemType.STILL_WORKING;
        if (offered || type.status() == 401 || type.status() == 403) {
            Caller known = context.get(CALLER);
            administration.turnedAway(known == null ? "unknown" : known.id(), type.slug());
        }
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (type == ProblemType.UNAUTHENTICATED) {
            response.putHeader("WWW-Authenticate", Replies.CHALLENGE);
        }
        if (!context.request().isEnded()) {
            // What is still to come of the body is not worth reading.
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        answer(context, type.status(), Problem.MEDIA_TYPE, problem.json());
    }

    private static void json(RoutingContext context, int status, byte[] body) {
        answer(context, status, "application/json", body);
    }

    private static void answer(RoutingContext context, int status, String mediaType, byte[] body) {
        HttpServerResponse response = context.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                    .putHeader(HttpHeaders.CACHE_CONTROL, Replies.NO_STORE)
                    .end(Buffer.buffer(body));
        }
    }

    private void document(RoutingContext context) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(DOCUMENT)) {
            if (in == null) {
                throw new IOException("there is no " + DOCUMENT);
            }
            answer(context, 200, "application/yaml", in.readAllBytes());
        } catch (IOException e) {
            tell(context, Problem.of(ProblemType.INTERNAL, "the document cannot be read"));
        }
    }
}
