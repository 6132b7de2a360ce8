package io.meridian.load.traffic;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.doSwitch;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.onCase;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.http.response.Response;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Choice;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.meridian.load.measure.Recorder;
import io.meridian.load.measure.Recorder.Outcome;
import io.meridian.load.traffic.Answers.Answer;
import io.meridian.load.traffic.Answers.Wrong;
import io.meridian.load.traffic.Subjects.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * One call of one visitor, as a chain of Gatling's: drawn, sent as a CDN would send it, judged, and counted. Every user of a simulation does
 * this once, so that users per second are calls per second.
 */
public final class Traffic {
    /** Far beyond any deadline: what takes longer has failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Visitors visitors;
    private final Answers answers;
    private final Recorder recorder;
    private final String namespace;

    /**
     * @param customers a file of them; null for those of a demonstration
     */
    public Traffic(Mix mix, Path customers, long seed, Recorder recorder) {
        List<Subject> subjects = customers == null ? Subjects.generated(mix) : Subjects.read(customers, mix);
        Memory memory = new Memory();
        this.visitors = new Visitors(mix, subjects, memory, seed);
        this.answers = new Answers(memory);
        this.recorder = recorder;
        this.namespace = mix.namespace;
    }

    /** The chain. */
    public ChainBuilder call() {
        List<Choice.WithKey> kinds = Arrays.stream(Kind.values())
                .map(kind -> onCase(kind).then(exec(request(kind))))
                .toList();
        return feed(visitors)
                .exec(session -> {
                    Call call = of(session);
                    long now = System.nanoTime();
                    call.begins(now);
                    recorder.begins(call.kind.ordinal(), now);
                    return session;
                })
                .exec(doSwitch(session -> of(session).kind).on(kinds))
                .exec(session -> {
                    Call call = of(session);
                    long end = call.end() == 0 ? System.nanoTime() : call.end();
                    recorder.ends(call.kind.ordinal(), call.begin(), end, call.outcome());
                    return session;
                });
    }

    private HttpRequestActionBuilder request(Kind kind) {
        HttpRequestActionBuilder request = switch (kind) {
            case EDGE_SHARED -> edge(kind).header("If-None-Match", of(call -> call.ifNoneMatch));
            case EDGE_KNOWN ->
                edge(kind)
                        .header("X-Meridian-Subject", of(call -> namespace + "/" + call.subject))
                        .header("euconsent-v2", of(call -> call.tcf));
            case EVENTS ->
                json(http(kind.label()).post(of(call -> call.path)))
                        .header("Content-Type", "application/cloudevents-batch+json");
            case PROFILE -> json(http(kind.label()).patch(of(call -> call.path)));
            case CONSENT -> json(http(kind.label()).put(of(call -> call.path)));
            default -> json(http(kind.label()).post(of(call -> call.path)));
        };
        // The answer was judged before; what is wrong with it becomes Gatling's error, a 429 under a name of its own.
        return request.requestTimeout(PATIENCE)
                .transformResponse((response, session) -> judged(response, of(session)))
                .check(status().validate("answer", (status, session) -> right(status, of(session))));
    }

    private static HttpRequestActionBuilder edge(Kind kind) {
        return http(kind.label())
                .get(of(call -> call.path))
                .header("CF-IPCountry", of(call -> call.country))
                .header("CF-Device-Type", of(call -> call.device))
                .header("Accept-Language", of(call -> call.language));
    }

    private static HttpRequestActionBuilder json(HttpRequestActionBuilder request) {
        return request.header("Content-Type", "application/json").body(StringBody(of(call -> call.body)));
    }

    private Response judged(Response response, Call call) {
        call.answered(response.status().code(), System.nanoTime());
        try {
            call.judged(answers.judge(
                    call,
                    new Answer(
                            call.status(),
                            header(response, "Retry-After"),
                            header(response, "ETag"),
                            header(response, "Cache-Control"),
                            response.body().bytes())));
        } catch (Wrong wrong) {
            call.wrong(wrong.getMessage());
        }
        return response;
    }

    private static Integer right(Integer status, Call call) {
        if (call.outcome() == Outcome.FAILED || call.outcome() == Outcome.SHED) {
            throw new Wrong(call.outcome() == Outcome.SHED ? "shed with 429" : call.wrong());
        }
        return status;
    }

    private static String header(Response response, String name) {
        String value = response.headers().get(name);
        return value == null ? "" : value;
    }

    private static Call of(Session session) {
        return session.get(Visitors.CALL);
    }

    private static Function<Session, String> of(Function<Call, String> part) {
        return session -> part.apply(of(session));
    }
}
