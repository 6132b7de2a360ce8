package io.meridian.edge.core.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks, parsed and bounded but not yet held against a bundle.
 *
 * @param requestId the caller's own id, echoed; null if none
 * @param subjects the visitor's ids in the order sent; empty for an anonymous visitor
 * @param homeRegion the region the caller believes to be the subject's home; a claim may only restrict
 * @param placements what to fill, 1 to {@value PlacementRequest#MAX_PLACEMENTS}, in page order
 * @param context what is known of the moment
 * @param consent the live privacy signals
 * @param options how to answer
 */
public record DecisionRequest(
        @Nullable String requestId,
        List<SubjectId> subjects,
        @Nullable String homeRegion,
        List<PlacementRequest> placements,
        Context context,
        ConsentInput consent,
        Options options) {

    /**
     * What is known of the moment. All fields may be null: unknown.
     *
     * @param market a market's id
     * @param country ISO 3166-1 alpha-2, upper case
     * @param subdivision the part of an ISO 3166-2 code after the hyphen, upper case
     * @param locale BCP 47
     * @param channel for example {@code web}, {@code app}, {@code email}, {@code kiosk}
     * @param device for example {@code mobile}, {@code tablet}, {@code desktop}
     * @param attributes further attributes by the dotted name the contract declares; values are {@code String},
     *     {@code Boolean}, {@code Long}, {@code Double} or {@code List<String>}
     */
    public record Context(
            @Nullable String market,
            @Nullable String country,
            @Nullable String subdivision,
            @Nullable String locale,
            @Nullable String channel,
            @Nullable String device,
            Map<String, Object> attributes) {

        /** Nothing known. */
        public static final Context EMPTY = new Context(null, null, null, null, null, null, Map.of());
    }

    /**
     * How to answer.
     *
     * @param explain how much of the way to show
     * @param dryRun decide, but leave no decision record and hand out no tokens
     * @param deadlineMs the caller's patience in milliseconds; 0 takes the service's default
     */
    public record Options(Explain explain, boolean dryRun, int deadlineMs) {
        public static final Options DEFAULT = new Options(Explain.NONE, false, 0);
    }
}
