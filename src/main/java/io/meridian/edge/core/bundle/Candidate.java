package io.meridian.edge.core.bundle;

import io.meridian.edge.core.frequency.FrequencyCap;

/**
 * An offer in a market, as compiled. One object serves every placement of the market.
 *
 * @param ordinal dense number of the offer within the market: what de-duplication across placements marks
 * @param offer stable name
 * @param category one of the declared categories
 * @param condition index in {@link Bundle#conditions} of everything that must be true, -1 if nothing
 * @param suppressions what may take it out
 * @param caps per offer or per offer and placement
 * @param from epoch milliseconds it starts, {@link Long#MIN_VALUE} if always
 * @param until epoch milliseconds it ends (exclusive), {@link Long#MAX_VALUE} if never
 * @param closures times at which its category stays out of the market; empty if none
 * @param priority offers of a higher one go first whatever the scores, 0 or more
 * @param value expected contribution if accepted, above 0
 * @param lever the business lever, 0.1 to 10
 * @param prior propensity to assume when no model answers and no segment says otherwise, 0 to 1
 * @param segmentPriors by segment index, -1 where the segment says nothing; empty if no segment does
 * @param factorConditions conditions over the context whose factor multiplies when true
 * @param factors 0.1 to 10 each
 * @param row which row of a candidate model's batch is its own: offers whose features are equal share one
 * @param variants at least one
 */
public record Candidate(
        int ordinal,
        String offer,
        String category,
        int condition,
        io.meridian.edge.core.eligibility.Suppression[] suppressions,
        FrequencyCap[] caps,
        long from,
        long until,
        Closure[] closures,
        int priority,
        double value,
        double lever,
        double prior,
        double[] segmentPriors,
        int[] factorConditions,
        double[] factors,
        int row,
        Variant[] variants) {

    /**
     * A time without the offer.
     *
     * @param from epoch milliseconds, {@link Long#MIN_VALUE} if always
     * @param until epoch milliseconds, exclusive; {@link Long#MAX_VALUE} if for ever
     */
    public record Closure(long from, long until) {}

    /**
     * One way to show an offer.
     *
     * @param id stable name
     * @param condition index in {@link Bundle#conditions}; -1 if it is drawn by weight
     * @param weightUpTo cumulated weight of the drawn variants up to and with this one; 0 if it is chosen by rule
     * @param content by index of the market's language, a JSON object in UTF-8 each; languages without content of their own
     *     hold what the fall-back chain gives
     */
    public record Variant(String id, int condition, int weightUpTo, byte[][] content) {}
}
