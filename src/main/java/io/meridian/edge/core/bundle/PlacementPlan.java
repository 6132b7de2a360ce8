package io.meridian.edge.core.bundle;

import io.meridian.edge.core.arbitration.RankingPolicy;
import io.meridian.edge.core.eligibility.EligibilityIndex;
import io.meridian.edge.core.frequency.FrequencyCap;
import io.meridian.edge.core.model.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A placement in a market, as compiled.
 *
 * @param id stable name
 * @param profilePurpose what a visitor's profile would be read for: {@link Purpose#SELECT_CONTENT} or {@link Purpose#SELECT_ADS}
 * @param contextualPurpose what the context is used for: {@link Purpose#CONTEXTUAL} or {@link Purpose#CONTEXTUAL_ADS}
 * @param channels where it exists
 * @param maxItems the most items it gives
 * @param candidates the offers that may run here, in the order they were written
 * @param index finds the candidates whose condition is true
 * @param scheduleEdges when a candidate's schedule begins or ends, epoch milliseconds, ascending
 * @param ranking how candidates are weighed
 * @param model index of the candidate model in {@link Bundle#candidateModels}, -1 if none
 * @param caps caps on the placement as a whole
 * @param fallback given when nothing is eligible; has no condition
 * @param staticContent the last resort, a JSON object in UTF-8
 * @param dataClasses mask of the data classes that its conditions, the groups of its segments and its models look at, cap
 *     counters included
 * @param contextFields names of the request's context fields ({@code country}, {@code device}, {@code page.category}…) its
 *     answer may depend on, for {@code Vary}
 * @param calendarFacts mask of what of the market's calendar its answer may depend on, see
 *     {@link io.meridian.edge.core.calendar.MarketCalendar}
 * @param subjectModels indices in {@link Bundle#subjectModels} of the models whose scores its conditions and the segments it
 *     uses look at, ascending; no other model needs to run for it
 * @param usesSegments true if a condition or a prior looks at a segment; else segments need not be found for it
 */
public record PlacementPlan(
        String id,
        Purpose profilePurpose,
        Purpose contextualPurpose,
        List<String> channels,
        int maxItems,
        Candidate[] candidates,
        EligibilityIndex index,
        long[] scheduleEdges,
        RankingPolicy ranking,
        int model,
        FrequencyCap[] caps,
        Candidate fallback,
        byte[] staticContent,
        int dataClasses,
        List<String> contextFields,
        int calendarFacts,
        int[] subjectModels,
        boolean usesSegments) {
    /** The edges of these candidates' schedules and closures. */
    static long[] scheduleEdges(Candidate[] candidates) {
        return Arrays.stream(candidates)
                .flatMapToLong(candidate -> LongStream.concat(
                        LongStream.of(candidate.from(), candidate.until()),
                        Arrays.stream(candidate.closures())
                                .flatMapToLong(closure -> LongStream.of(closure.from(), closure.until()))))
                .filter(edge -> edge != Long.MIN_VALUE && edge != Long.MAX_VALUE)
                .sorted()
                .distinct()
                .toArray();
    }

    /** The first time after {@code now} at which a schedule changes who may run; {@link Long#MAX_VALUE} if none ever will. */
    public long nextScheduleEdge(long now) {
        int at = Arrays.binarySearch(scheduleEdges, now);
        int next = at < 0 ? -at - 1 : at + 1;
        return next < scheduleEdges.length ? scheduleEdges[next] : Long.MAX_VALUE;
    }
}
