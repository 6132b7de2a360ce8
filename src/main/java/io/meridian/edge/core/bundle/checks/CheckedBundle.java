package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.FactKnowledge;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Purpose;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A configuration without errors, as compiled for a region: what the checks look at.
 *
 * @param source all that was written, for this region and others
 * @param region its id
 * @param facts where each fact stands
 * @param knowledge what is certain or declared of every fact in every market
 * @param conditions what became of a text; null if it was not compiled
 * @param concerns whether a suppression is about an offer
 * @param unreadable the slots that no law that can apply here allows to be read for a purpose
 * @param readByModels the names of the facts that the region's models read
 * @param markets the region's
 */
public record CheckedBundle(
        BundleSource source,
        String region,
        FactLayout facts,
        FactKnowledge knowledge,
        Function<ConditionText, @Nullable Condition> conditions,
        BiPredicate<SuppressionDefinition, OfferDefinition> concerns,
        Function<Purpose, BitSet> unreadable,
        Set<String> readByModels,
        List<CheckedMarket> markets) {

    /**
     * A market with all layers laid over each other.
     *
     * @param knowledge what is certain or declared of every fact in this market: its own name, its own day parts and holidays
     * @param languages in the order they are tried
     * @param offers all that the market has, running or not
     * @param suppressions all that hold in it
     * @param fallbacks the offer a placement ends with and where that was written, by the placement's id
     * @param content the texts of an offer's variant in a language
     */
    public record CheckedMarket(
            String id,
            FactKnowledge knowledge,
            List<Located<String>> languages,
            List<CheckedOffer> offers,
            List<SuppressionDefinition> suppressions,
            Map<String, Located<String>> fallbacks,
            Content content) {}

    /**
     * An offer in a market.
     *
     * @param running false if it is taken out of the market
     * @param conditions all that must be true, of the offer itself first
     */
    public record CheckedOffer(OfferDefinition offer, boolean running, List<ConditionText> conditions) {}

    /** The texts of a market. */
    @FunctionalInterface
    public interface Content {
        /** True if somebody wrote what this variant of this offer looks like in this language. */
        boolean has(String offer, String variant, String language);
    }
}
