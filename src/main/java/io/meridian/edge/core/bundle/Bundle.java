package io.meridian.edge.core.bundle;

import io.meridian.edge.core.eligibility.ConditionSet;
import io.meridian.edge.core.eligibility.Segments;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.ProfileLayout;
import io.meridian.edge.core.residency.Misrouted;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a region decides by, compiled. Immutable and shared by all threads; a request reads the active one once.
 *
 * <p>Arrays are not to be changed by whoever gets them.
 *
 * @param revision grows with every change
 * @param digest {@code sha256:} and the hex digest of the region's id, all source files and the models it runs on
 * @param description what its authors say of it
 * @param region the region it was compiled for
 * @param contract what may be known
 * @param facts where each fact stands
 * @param profile how stored values become facts
 * @param context where the request's context stands among the facts
 * @param jurisdictions which law applies where
 * @param conditions all conditions, each once
 * @param segments all segments
 * @param subjectModels the models that look at the visitor alone, in order
 * @param candidateModels the models that look at visitor and offer
 * @param markets by id
 * @param marketsByCountry the default market of a country
 */
public record Bundle(
        long revision,
        String digest,
        String description,
        Region region,
        AttributeContract contract,
        FactLayout facts,
        ProfileLayout profile,
        ContextSlots context,
        Jurisdictions jurisdictions,
        ConditionSet conditions,
        Segments segments,
        List<SubjectModel> subjectModels,
        List<CandidateModel> candidateModels,
        Map<String, Market> markets,
        Map<String, Market> marketsByCountry) {

    /**
     * The region.
     *
     * @param id for example {@code eu-central}
     * @param defaultMarket the market of a request that names none
     * @param misrouted what a subject from elsewhere gets
     * @param jurisdiction the law of this region's subjects, wherever they are when they ask
     * @param homeRegions the id of every region there is, this one among them
     */
    public record Region(
            String id,
            Market defaultMarket,
            Misrouted misrouted,
            Jurisdictions.Regime jurisdiction,
            List<String> homeRegions) {}

    /**
     * Slots of the context.
     *
     * @param market slot, -1 if no condition or model looks at it; likewise the others
     * @param dayPart slot of what the market's calendar says, likewise; and the three after it
     * @param attributes the declared attributes by dotted name: all of them, with slot -1 where nobody looks
     */
    public record ContextSlots(
            int market,
            int country,
            int subdivision,
            int locale,
            int channel,
            int device,
            int dayPart,
            int weekday,
            int hour,
            int holiday,
            Map<String, ContextAttributeSlot> attributes) {
        /** True if somebody looks at what the calendar says. */
        public boolean ofTheMoment() {
            return dayPart >= 0 || weekday >= 0 || hour >= 0 || holiday >= 0;
        }
    }

    /** A declared context attribute: its declaration and its slot, -1 where nobody looks. */
    public record ContextAttributeSlot(AttributeContract.ContextAttribute attribute, int slot) {}

    /** The market a request belongs to: the one named, else the country's, else the region's default. Null if one is named that does not exist. */
    public @Nullable Market market(@Nullable String named, @Nullable String country) {
        if (named != null) {
            return markets.get(named);
        }
        Market ofCountry = country == null ? null : marketsByCountry.get(country);
        return ofCountry == null ? region.defaultMarket() : ofCountry;
    }
}
