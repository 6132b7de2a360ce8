package io.meridian.edge.adapter.http.times;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Requests by door, with the class of their answers' status and the time they took: {@code meridian_http_requests_total}, {@code meridian_http_request_seconds}. */
@Singleton
public class RequestTimes extends Collector {
    private static final String REQUESTS = "meridian_http_requests";
    private static final String SECONDS = "meridian_http_request_seconds";
    private static final Door[] DOORS = Door.values();
    private static final int CLASSES = 5;

    private final TimeHistogram[] times = new TimeHistogram[DOORS.length];
    private final LongAdder[][] answers = new LongAdder[DOORS.length][CLASSES];

    @Inject
    @SuppressWarnings("deprecation") // the registry that Quarkus brings
    public RequestTimes(PrometheusMeterRegistry registry) {
        for (int door = 0; door < DOORS.length; door++) {
            times[door] = new TimeHistogram();
            for (int status = 0; status < CLASSES; status++) {
                answers[door][status] = new LongAdder();
            }
        }
        registry.getPrometheusRegistry().register(this);
    }

    /**
     * A request was answered, or its caller has gone.
     *
     * @param status of the answer, 100 to 599
     * @param nanos from its head to its end
     */
    public void record(Door door, int status, long nanos) {
        times[door.ordinal()].record(nanos);
        answers[door.ordinal()][status / 100 - 1].increment();
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples.Sample> requests = new ArrayList<>();
        List<MetricFamilySamples.Sample> seconds = new ArrayList<>();
        for (Door door : DOORS) {
            for (int status = 0; status < CLASSES; status++) {
                requests.add(new MetricFamilySamples.Sample(
                        REQUESTS + "_total",
                        List.of("door", "status"),
                        List.of(door.tag(), status + 1 + "xx"),
                        answers[door.ordinal()][status].sum()));
            }
            times[door.ordinal()].samples(seconds, SECONDS, List.of("door"), List.of(door.tag()));
        }
        return List.of(
                new MetricFamilySamples(
                        REQUESTS, Type.COUNTER, "Requests by door and the class of their answers' status", requests),
                new MetricFamilySamples(
                        SECONDS, Type.HISTOGRAM, "Time of a request, from its head to its answer's end", seconds));
    }
}
