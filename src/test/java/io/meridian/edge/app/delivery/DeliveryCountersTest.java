package io.meridian.edge.app.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** What may be counted is there, at nothing, before it happens. */
class DeliveryCountersTest {
    @Test
    void everyOutcomeOfEveryWayIsThereFromTheStart() {
        DeliveryCounters counters = new DeliveryCounters();
        Set<String> outcomes = new TreeSet<>();
        Arrays.stream(Outcome.class.getPermittedSubclasses())
                .forEach(outcome -> outcomes.add(outcome.getSimpleName().toLowerCase(Locale.ROOT)));
        for (Origin.Via via : Origin.Via.values()) {
            Set<String> there = new TreeSet<>();
            counters.tried.keySet().stream()
                    .filter(tried -> tried.via() == via)
                    .forEach(tried -> there.add(tried.outcome()));
            assertEquals(outcomes, there, via.id());
        }
        assertEquals(
                0, counters.tried.values().stream().mapToLong(LongAdder::sum).sum());
        counters.count(new Origin(Origin.Via.PULL, "poll", "there"), Outcome.Rejected.of(Codes.BUSY, "later"));
        assertEquals(
                1,
                counters.tried
                        .get(new DeliveryCounters.Tried(Origin.Via.PULL, "rejected"))
                        .sum());
    }
}
