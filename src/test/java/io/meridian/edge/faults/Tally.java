package io.meridian.edge.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.core.model.Degradation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What callers were answered, and what of it must not be. Any thread. */
final class Tally {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MOST_TOLD = 10;
    private static final int SHED = 429;

    /** Is told of writes that were taken. */
    interface Acceptance {
        void write(Visit visit, String subject);
    }

    /** One answer that should have been personal, or one write: when it was asked for, and whether it was as it should be. */
    private record Sign(long sentNanos, boolean good) {}

    private final Acceptance accepted;
    private final Map<Degradation, Integer> degraded = new EnumMap<>(Degradation.class);
    private final List<String> breaches = new ArrayList<>();
    private final List<Sign> personal = new ArrayList<>();
    private final List<Sign> writes = new ArrayList<>();
    private final Set<Long> revisions = new TreeSet<>();
    private int calls;
    private int degradedCalls;
    private int shed;
    private int failed;
    private int refusedWrites;
    private long slowestMillis;

    Tally(Acceptance accepted) {
        this.accepted = accepted;
    }

    /** A call has ended. */
    synchronized void answered(Visit visit, String subject, long sentNanos, int status, String body) {
        calls++;
        if (visit.writes()) {
            written(visit, subject, sentNanos, status, body);
            return;
        }
        slowestMillis = Math.max(slowestMillis, (System.nanoTime() - sentNanos) / 1_000_000);
        if (status == SHED) {
            shed++;
        } else if (status != 200) {
            failed++;
            breach(visit + " is answered " + status + " " + body);
        } else {
            try {
                JsonNode answer = MAPPER.readTree(body);
                if (visit.decides()) {
                    decided(visit, subject, sentNanos, answer);
                } else if (answer.path("value").isMissingNode()) {
                    breach("a flag without a value: " + body);
                }
            } catch (IOException e) {
                breach(visit + " is answered what is no JSON: " + body);
            }
        }
        if (visit.personal() && status != 200) {
            personal.add(new Sign(sentNanos, false));
        }
    }

    private void decided(Visit visit, String subject, long sentNanos, JsonNode answer) {
        boolean isPersonal = answer.at("/privacy/personalised").asBoolean();
        if (answer.at("/decisions/0/items/0/content").isMissingNode()) {
            breach(visit + " is answered nothing to show: " + answer);
        }
        revisions.add(answer.at("/bundle/revision").asLong());
        if (isPersonal && !visit.personal()) {
            breach("a personal answer for " + visit + " " + subject + ": " + answer);
        }
        if (visit.personal()) {
            personal.add(new Sign(sentNanos, isPersonal));
        }
        int before = degraded.values().stream().mapToInt(Integer::intValue).sum();
        answer.path("degraded").forEach(code -> {
            Degradation degradation = Degradation.valueOf(code.asText());
            // Whoever has not agreed to be counted has no known caps: no fault.
            if (degradation != Degradation.CAP_UNKNOWN) {
                degraded.merge(degradation, 1, Integer::sum);
            }
        });
        degradedCalls += degraded.values().stream().mapToInt(Integer::intValue).sum() > before ? 1 : 0;
    }

    private void written(Visit visit, String subject, long sentNanos, int status, String body) {
        // A batch of one event: its own status stands in the body.
        boolean taken = status / 100 == 2 && (visit != Visit.IMPRESSION || body.contains("counted"));
        writes.add(new Sign(sentNanos, taken));
        if (taken) {
            accepted.write(visit, subject);
        } else {
            refusedWrites++;
            if (status / 100 == 4 && status != SHED) {
                breach(visit + " is answered " + status + " " + body);
            }
        }
    }

    /** A call that got no answer at all. */
    synchronized void broken(Visit visit, long sentNanos, Throwable why) {
        calls++;
        failed++;
        if (visit.personal()) {
            personal.add(new Sign(sentNanos, false));
        }
        breach(visit + " gets no answer: " + why);
    }

    /** Something that must not be. */
    synchronized void breach(String what) {
        if (breaches.size() < MOST_TOLD) {
            breaches.add(what);
        }
    }

    /**
     * How long after a moment answers were not yet personal, or writes not yet taken, milliseconds; -1 while too few were asked for since
     * to say.
     */
    synchronized long recoveryMillis(long since, int enough, boolean ofWrites) {
        long lastBad = since;
        List<Sign> signs = ofWrites ? writes : personal;
        for (Sign sign : signs) {
            lastBad = sign.good() ? lastBad : Math.max(lastBad, sign.sentNanos());
        }
        int good = 0;
        for (Sign sign : signs) {
            good += sign.good() && sign.sentNanos() > lastBad ? 1 : 0;
        }
        return good < enough ? -1 : (lastBad - since) / 1_000_000;
    }

    synchronized int calls() {
        return calls;
    }

    synchronized int degradedCalls() {
        return degradedCalls;
    }

    synchronized int shed() {
        return shed;
    }

    /** Calls answered 5xx, or not at all. */
    synchronized int failed() {
        return failed;
    }

    synchronized int refusedWrites() {
        return refusedWrites;
    }

    /** The longest a caller waited, by its own clock: that of a busy machine. */
    synchronized long slowestMillis() {
        return slowestMillis;
    }

    synchronized Map<Degradation, Integer> degraded() {
        return new EnumMap<>(degraded);
    }

    synchronized Set<Long> revisions() {
        return new TreeSet<>(revisions);
    }

    synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }
}
