package io.meridian.edge.core.log;

import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.DecisionRequest;

/**
 * One decision, for audit. An allow-list: a field that is not here is not kept. No identifier of a subject, no pseudonym, no
 * attribute, no consent string, nothing a caller wrote freely.
 *
 * @param at epoch milliseconds
 * @param decision what was decided; of it only ids of ours are written
 * @param channel as declared by a placement, empty if unknown
 * @param subject true if a subject was named
 * @param micros how long it took, microseconds
 */
public record DecisionRecord(long at, Decision decision, String channel, boolean subject, long micros) {
    /** The request's options that matter to an auditor are in the decision already; this exists to keep the request out. */
    public static DecisionRecord of(long at, Decision decision, DecisionRequest request, String channel, long micros) {
        return new DecisionRecord(at, decision, channel, !request.subjects().isEmpty(), micros);
    }
}
