package io.meridian.edge.core;

/**
 * What a decision takes from outside besides its request: core has neither clock nor randomness.
 *
 * @param epochMillis now
 * @param decisionId a fresh UUIDv7
 */
public record Moment(long epochMillis, String decisionId) {}
