package io.meridian.load.compare;

import io.meridian.load.results.KindResult;
import java.util.function.ToDoubleFunction;

/** What is compared of a kind of call, and how much worse it may be. */
enum Measure {
    MEAN("mean", 1.3, 100, KindResult::meanMillis),
    P50("p50", 1.3, 100, KindResult::p50Millis),
    P95("p95", 1.5, 400, KindResult::p95Millis),
    P99("p99", 2, 2_000, KindResult::p99Millis),
    P999("p99.9", 3, 20_000, KindResult::p999Millis),
    THROUGHPUT("good/s", 0.95, 100, KindResult::perSecond),
    FAILED("failed", 0.002, 1_000, KindResult::failedShare),
    SHED("429", 0.01, 1_000, KindResult::shedShare);

    /** What a measure's limit is a limit of. */
    enum Sense {
        /** After ÷ before must not be above it. */
        AT_MOST_TIMES,
        /** After ÷ before must not be below it. */
        AT_LEAST_TIMES,
        /** After − before, shares of the calls, must not be above it. */
        AT_MOST_MORE
    }

    private final String label;
    private final double limit;
    private final long samples;
    private final ToDoubleFunction<KindResult> value;

    Measure(String label, double limit, long samples, ToDoubleFunction<KindResult> value) {
        this.label = label;
        this.limit = limit;
        this.samples = samples;
        this.value = value;
    }

    /** As printed, and the name of the flag that sets its limit. */
    String label() {
        return label;
    }

    /** The limit if none is given: wide enough for a machine that does other things, too. */
    double limit() {
        return limit;
    }

    /** With fewer calls per run it is shown but not judged: twenty beyond a percentile at the least. */
    long samples() {
        return samples;
    }

    double of(KindResult result) {
        return value.applyAsDouble(result);
    }

    Sense sense() {
        return switch (this) {
            case MEAN, P50, P95, P99, P999 -> Sense.AT_MOST_TIMES;
            case THROUGHPUT -> Sense.AT_LEAST_TIMES;
            case FAILED, SHED -> Sense.AT_MOST_MORE;
        };
    }
}
