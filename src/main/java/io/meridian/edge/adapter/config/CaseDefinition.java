package io.meridian.edge.adapter.config;

import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.model.Rung;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A case of {@code tests/*.yaml}: what is given, and what is expected of the decision. Names are as written: whether there is such an
 * offer is for whoever knows the configuration.
 *
 * @param visitors how many visitors; 1 unless shares are expected
 * @param seed what is drawn is drawn from it
 * @param placements what is asked for, in page order
 * @param personalised whether the profile takes part; null if nothing is expected of that
 * @param degraded exactly these codes; null likewise
 */
public record CaseDefinition(
        String name,
        Where where,
        Given given,
        int visitors,
        long seed,
        List<Expected> placements,
        @Nullable Located<Boolean> personalised,
        @Nullable Located<List<String>> degraded) {

    /**
     * What is given.
     *
     * @param market null for the country's
     * @param region null for the one that serves the market
     * @param at null if it is missing, which was reported
     * @param anonymous true if nobody is named whatever is known
     * @param ids by namespace; empty if none is written
     * @param profile values by attribute name: a value or a {@link Draw}
     * @param context values by name, {@code country} and its like or the dotted name of an attribute
     */
    public record Given(
            @Nullable Located<String> market,
            @Nullable Located<String> region,
            @Nullable Located<Instant> at,
            boolean anonymous,
            List<Located<List<String>>> ids,
            @Nullable String requestId,
            Map<String, Located<Object>> profile,
            Map<String, Located<Object>> context,
            Consent consent,
            @Nullable StoredConsent stored,
            List<Seen> seen) {}

    /**
     * A value that differs from visitor to visitor.
     *
     * @param values with their weights; empty if a number is drawn
     * @param from the least number
     * @param to the greatest
     * @param absent the share of visitors without the value, 0 to 1
     */
    public record Draw(Map<Object, Double> values, double from, double to, double absent) {}

    /**
     * Live privacy signals.
     *
     * @param purposes mask a TC string is made of; null if none is
     * @param tcf a TC string as it is; null if none is written
     */
    public record Consent(
            @Nullable Integer purposes,
            @Nullable String tcf,
            @Nullable String gpp,
            List<Integer> gppSections,
            boolean gpc,
            @Nullable String usPrivacy,
            @Nullable Boolean gdpr) {
        /** Nothing was said. */
        public static final Consent SILENT = new Consent(null, null, null, List.of(), false, null, null);
    }

    /**
     * An offer was shown before.
     *
     * @param agoSeconds how long before the case's time, the latest of them
     * @param times how often, each a second before the other
     */
    public record Seen(Located<String> offer, Located<String> placement, long agoSeconds, int times) {}

    /**
     * What is expected of one placement.
     *
     * @param count how many items are asked for
     * @param offers exactly these, in this order; null if nothing is expected of that
     * @param includes these among others, in any order
     * @param variants of the offers, in their order; null likewise
     * @param reason null likewise
     * @param fallback null likewise
     * @param absent offers that are not shown
     * @param content texts of the first item by name
     * @param shares of the visitors who are shown an offer
     * @param variantShares of those shown an offer, who are shown a variant: the offer's shares by variant
     */
    public record Expected(
            Located<String> placement,
            int count,
            @Nullable List<Located<String>> offers,
            List<Located<String>> includes,
            @Nullable List<Located<String>> variants,
            @Nullable Located<Rung> reason,
            @Nullable Located<Boolean> fallback,
            List<Absent> absent,
            Map<String, Located<String>> content,
            List<Share> shares,
            Map<String, List<Share>> variantShares) {}

    /**
     * An offer that is not shown.
     *
     * @param because null if any reason will do
     * @param by the suppression or cap behind it; null likewise
     */
    public record Absent(
            Located<String> offer,
            @Nullable Verdict because,
            @Nullable String by) {}

    /** A share within bounds, 0 to 1, both included. */
    public record Share(Located<String> of, double min, double max) {}
}
