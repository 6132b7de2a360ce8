package io.meridian.edge.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param decisionId UUIDv7
 * @param requestId the caller's own id, null if none
 * @param region which region decided
 * @param revision of the bundle
 * @param digest of the bundle
 * @param market whose rules were followed
 * @param privacy what the grant was
 * @param placements in the order asked for
 * @param degraded mask of {@link Degradation#bit()}
 * @param cache who may keep the answer
 * @param stages nanoseconds spent in each of {@link Stage}, by ordinal
 */
public record Decision(
        String decisionId,
        @Nullable String requestId,
        String region,
        long revision,
        String digest,
        String market,
        Privacy privacy,
        List<PlacementDecision> placements,
        int degraded,
        Cache cache,
        long[] stages)
        implements Answer {

    /** The stages whose time is told. */
    public enum Stage {
        GRANT,
        READ,
        SUBJECT,
        ELIGIBLE,
        SCORE,
        ARBITRATE
    }

    /**
     * What the decision was allowed to do.
     *
     * @param jurisdiction the regime's id
     * @param personalised true if something of the visitor's profile took part
     * @param granted mask of {@link Purpose#bit()}
     * @param denied the other purposes with a stable code each
     */
    public record Privacy(String jurisdiction, boolean personalised, int granted, List<Denial> denied) {}

    /** A purpose not granted, and the stable code of why. */
    public record Denial(Purpose purpose, String because) {}

    /**
     * Who may keep the answer.
     *
     * @param shared true if it would be the same for every visitor in the same context
     * @param until epoch milliseconds until which no schedule changes it; {@link Long#MAX_VALUE} if none ever will
     * @param contextFields what of the context it may depend on
     */
    public record Cache(boolean shared, long until, List<String> contextFields) {
        /** For this visitor and moment only. */
        public static final Cache PRIVATE = new Cache(false, 0, List.of());
    }

    /**
     * What one placement gets.
     *
     * @param placement its id
     * @param reason the rung of the ladder
     * @param drawn true if a variant was drawn by weight between several
     * @param items at least one; fewer than asked for if fewer were eligible
     * @param trace what became of the candidates; null unless asked for
     * @param traceLeftOut how many candidates the trace does not tell of, because there are too many; 0 without a trace
     */
    public record PlacementDecision(
            String placement,
            Rung reason,
            boolean drawn,
            List<Item> items,
            @Nullable List<CandidateTrace> trace,
            int traceLeftOut) {}

    /**
     * One thing to show.
     *
     * @param offer its id; null for static content
     * @param variant its id; null for static content
     * @param content a JSON object in UTF-8; shared, not to be changed
     * @param propensity what was assumed or predicted, 0 to 1; 0 for fallbacks
     * @param probability with which this variant of the offer was drawn: its share of the weights, 1 if nothing was drawn
     */
    public record Item(
            @Nullable String offer, @Nullable String variant, byte[] content, double propensity, double probability) {}
}
