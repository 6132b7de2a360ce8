package io.meridian.edge.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Traffic at a steady rate. Each visitor says yes, is decided for, has seen what was chosen, comes again through a CDN, and then a known customer
 * is decided for: every call goes to whichever replica is next.
 */
final class Visitors implements AutoCloseable {
    private static final int CALLERS = 8;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int TOLD_FAILURES = 20;
    private static final String JSON = "application/json";
    private static final String YES =
            "{\"given\":[\"STORE\",\"BUILD_PROFILE\",\"SELECT_CONTENT\",\"MEASURE\"],\"country\":\"DE\"}";

    /** One whose consent was taken and whose impression, if any, was counted. */
    record Visit(String subject, String offer) {}

    private final Balancer balancer;
    private final String key;
    private final long begun = System.nanoTime();
    private final List<Thread> callers = new ArrayList<>();
    private final Queue<Visit> visits = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger decided = new AtomicInteger();
    private volatile boolean going = true;

    /** Begin to come at once. */
    Visitors(Balancer balancer, String key) {
        this.balancer = balancer;
        this.key = key;
        for (int i = 0; i < CALLERS; i++) {
            String name = "visitor-" + i;
            callers.add(new Thread(() -> come(name), name));
        }
        callers.forEach(Thread::start);
    }

    private void come(String name) {
        try (KeepAlive caller = new KeepAlive(key)) {
            long due = System.nanoTime();
            for (int i = 0; going; i++) {
                String subject = name + "-" + i;
                due = paced(due);
                boolean agreed =
                        succeeds(caller, "PUT", "/v1/subjects/customer/" + subject + "/consent", YES, 204) != null;
                due = paced(due);
                JsonNode decision = decides(caller, "POST", "/v1/decide", visit(subject));
                due = paced(due);
                if (agreed && decision != null) {
                    String offer = decision.at("/decisions/0/items/0/offer").asText();
                    JsonNode counted = succeeds(caller, "POST", "/v1/events", impression(subject, offer), 200);
                    visits.add(new Visit(subject, counted == null ? "" : offer));
                }
                due = paced(due);
                decides(caller, "GET", "/v1/decide/home-hero?country=DE&channel=web&device=mobile", "");
                due = paced(due);
                decides(caller, "POST", "/v1/decide", Figures.visit(i));
            }
        } catch (IOException e) {
            failed("ending", e.toString());
        }
    }

    /** Waits until a call is due; one that is late is made at once. Returns when the next is. */
    private static long paced(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return due + PERIOD_NANOS;
    }

    private JsonNode decides(KeepAlive caller, String method, String path, String body) {
        JsonNode answer = succeeds(caller, method, path, body, 200);
        if (answer != null) {
            decided.incrementAndGet();
        }
        return answer;
    }

    /** The answer, an empty one if it has no body; null if the call failed. */
    private JsonNode succeeds(KeepAlive caller, String method, String path, String body, int expected) {
        calls.incrementAndGet();
        String what = method + " " + path;
        try {
            Balancer.Place place = balancer.next();
            what += " at port " + place.ports()[0];
            KeepAlive.Answer answer = caller.call(place.ports()[0], method, path, JSON, body);
            if (answer.status() != expected) {
                failed(what, answer.status() + " " + answer.body());
                return null;
            }
            place.answered(answer);
            return Http.read(answer.body());
        } catch (IOException | RuntimeException e) {
            failed(what, e.toString());
            return null;
        }
    }

    private void failed(String call, String how) {
        if (failed.incrementAndGet() <= TOLD_FAILURES) {
            failures.add((System.nanoTime() - begun) / 1_000_000 + " ms: " + call + ": " + how);
        }
    }

    private static String visit(String subject) {
        return "{\"placements\":[{\"id\":\"home-hero\"}],\"subject\":{\"ids\":[{\"ns\":\"customer\",\"id\":\"" + subject
                + "\"}]},\"context\":{\"country\":\"DE\",\"channel\":\"web\",\"device\":\"mobile\"},\"options\":{\"deadlineMs\":1000}}";
    }

    private static String impression(String subject, String offer) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + subject
                + "\",\"source\":\"/shop\",\"type\":\"io.meridian.impression\",\"data\":{\"subject\":{\"ns\":\"customer\",\"id\":\""
                + subject + "\"},\"placement\":\"home-hero\",\"offer\":\"" + offer + "\",\"country\":\"DE\"}}";
    }

    /** Asks anew about everybody who came: whose yes, and whose impression, is not there any more. */
    List<String> forgotten() throws IOException {
        List<String> forgotten = new ArrayList<>();
        try (KeepAlive caller = new KeepAlive(key)) {
            for (Visit visit : visits) {
                JsonNode decision = decides(caller, "POST", "/v1/decide", visit(visit.subject()));
                if (decision == null
                        || !decision.at("/privacy/granted").toString().contains("SELECT_CONTENT")) {
                    forgotten.add("consent of " + visit.subject() + ": " + decision);
                }
                if (!visit.offer().isEmpty()) {
                    String event = impression(visit.subject(), visit.offer());
                    JsonNode again = succeeds(caller, "POST", "/v1/events", event, 200);
                    if (again == null || !again.at("/results/0/status").asText().equals("duplicate")) {
                        forgotten.add("impression of " + visit.subject() + ": " + again);
                    }
                }
            }
        }
        return forgotten;
    }

    /** Calls made. */
    int calls() {
        return calls.get();
    }

    /** Decisions that were received. */
    int decided() {
        return decided.get();
    }

    /** Consents that were taken. */
    int visits() {
        return visits.size();
    }

    /** How many calls failed: without an answer, or with another than was due. */
    int failed() {
        return failed.get();
    }

    /** The first of those. */
    String failures() {
        return String.join("\n", failures);
    }

    /** No more come when this returns. */
    @Override
    public void close() throws InterruptedException {
        going = false;
        for (Thread caller : callers) {
            caller.join();
        }
    }
}
