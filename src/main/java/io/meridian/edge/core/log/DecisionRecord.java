package io.meridian.edge.core.log;

import io.meridian.edge.core.model.Decision;

/**
 * One decision, for audit. Of the decision only our own ids, codes and numbers are written (an allow-list in the writer); no
 * identifier of a subject, no pseudonym, no attribute, no consent string, nothing a caller wrote freely.
 *
 * @param at epoch milliseconds
 * @param decision what was decided
 * @param channel one that a placement declares; empty if the request named none or another
 * @param subject true if a subject was named
 * @param micros how long it took, microseconds
 */
public record DecisionRecord(long at, Decision decision, String channel, boolean subject, long micros) {}
