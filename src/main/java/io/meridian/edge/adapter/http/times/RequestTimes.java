package io.meridian.edge.adapter.http.times;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Requests by door, how they ended and the time they took: {@code meridian_http_requests_total}, {@code meridian_http_request_seconds}. */
@Singleton
public class RequestTimes extends Collector {
    private static final String REQUESTS = "meridian_http_requests";
    private static final String SECONDS = "meridian_http_request_seconds";
    private static final Door[] DOORS = Door.values();
    private static final String[] ENDS = {"2xx", "3xx", "4xx", "5xx", "gone"};
    private static final int REFUSED = 2;
    private static final int GONE = 4;

    private final TimeHistogram[] times = new TimeHistogram[DOORS.length];
    private final LongAdder[][] ends = new LongAdder[DOORS.length][ENDS.length];

    @Inject
    @SuppressWarnings("deprecation") // the registry that Quarkus brings
    public RequestTimes(PrometheusMeterRegistry registry) {
        for (int door = 0; door < DOORS.length; door++) {
            times[door] = new TimeHistogram();
            for (int end = 0; end < ENDS.length; end++) {
                ends[door][end] = new LongAdder();
            }
        }
        registry.getPrometheusRegistry().register(this);
    }

    /**
     * A request was answered.
     *
     * @param status 200 to 599
     * @param nanos from its head to its answer's end
     */
    public void answered(Door door, int status, long nanos) {
        times[door.ordinal()].record(nanos);
        ends[door.ordinal()][status / 100 - 2].increment();
    }

    /** A request was turned away before anybody looked at its time. */
    public void refused(Door door) {
        ends[door.ordinal()][REFUSED].increment();
    }

    /** Its caller has gone before it was answered. */
    public void gone(Door door) {
        ends[door.ordinal()][GONE].increment();
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples.Sample> requests = new ArrayList<>();
        List<MetricFamilySamples.Sample> seconds = new ArrayList<>();
        for (Door door : DOORS) {
            for (int end = 0; end < ENDS.length; end++) {
                requests.add(new MetricFamilySamples.Sample(
                        REQUESTS + "_total",
                        List.of("door", "status"),
                        List.of(door.tag(), ENDS[end]),
                        ends[door.ordinal()][end].sum()));
            }
            times[door.ordinal()].samples(seconds, SECONDS, List.of("door"), List.of(door.tag()));
        }
        return List.of(
                new MetricFamilySamples(REQUESTS, Type.COUNTER, "Requests by door and how they ended", requests),
                new MetricFamilySamples(
                        SECONDS, Type.HISTOGRAM, "Time of a request, from its head to its answer's end", seconds));
    }
}
