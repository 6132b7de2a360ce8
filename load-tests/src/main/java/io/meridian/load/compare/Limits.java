package io.meridian.load.compare;

import java.util.Map;

/**
 * How much worse what may be.
 *
 * @param measures of kinds of calls, each in its own sense
 * @param cpu of the CPU time per call, after ÷ before
 * @param capacity of a ramp's capacity, after ÷ before, not below
 * @param floorMillis latencies that grew by less are the same, whatever their ratio
 */
record Limits(Map<Measure, Double> measures, double cpu, double capacity, double floorMillis) {
    static final double CPU = 1.3;
    static final double CAPACITY = 0.75;
    static final double FLOOR_MILLIS = 0.3;

    double of(Measure measure) {
        return measures.getOrDefault(measure, measure.limit());
    }
}
