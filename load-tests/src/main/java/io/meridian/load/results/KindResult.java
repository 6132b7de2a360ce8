package io.meridian.load.results;

/**
 * What became of the calls of one kind in one phase. Latencies are milliseconds from handing a call to the client until its answer
 * is there, of good answers alone; 0 if there was none.
 *
 * @param sent calls begun
 * @param good answered as the contract says, checked
 * @param shed turned away with a well-formed 429
 * @param failed no answer in time, or a wrong one
 * @param degraded of the good ones those that say something was late or failed
 * @param perSecond good answers per second
 */
public record KindResult(
        long sent,
        long good,
        long shed,
        long failed,
        long degraded,
        double perSecond,
        double meanMillis,
        double p50Millis,
        double p95Millis,
        double p99Millis,
        double p999Millis,
        double maxMillis) {

    /** Failed calls among those sent, 0 to 1. */
    public double failedShare() {
        return sent == 0 ? 0 : (double) failed / sent;
    }

    /** Answers that say something was late or failed, among the good ones, 0 to 1. */
    public double degradedShare() {
        return good == 0 ? 0 : (double) degraded / good;
    }

    /** Calls turned away among those sent, 0 to 1. */
    public double shedShare() {
        return sent == 0 ? 0 : (double) shed / sent;
    }
}
