package io.meridian.edge.core;

/**
 * What a decision takes from outside besides its request: core has neither clock nor randomness.
 *
 * @param epochMillis now
 * @param decisionId a fresh UUIDv7
 * @param waitedNanos how much of the caller's patience is over: how long ago the request was read, 0 or more nanoseconds
 */
public record Moment(long epochMillis, String decisionId, long waitedNanos) {
    /** Decided as soon as it was read. */
    public Moment(long epochMillis, String decisionId) {
        this(epochMillis, decisionId, 0);
    }
}
