package io.meridian.edge.core.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input column of a model, as its card writes it. Whether it makes sense is decided by {@link FeatureLayout#compile}.
 *
 * @param name unique within the model; for people and drift reports
 * @param from the fact it reads, as written in conditions ({@code profile.tier}, {@code context.device}), or {@link #OFFER_CATEGORY}
 * @param transform how the fact becomes a number
 * @param fallback stands in for a value the visitor does not have, before clip and transform; null where the transform takes none
 * @param clip bounds applied before the transform; null for none
 * @param values the values of an ordinal, in order; empty for other transforms
 * @param value what {@link Transform#EQUALS} compares with; null for other transforms
 */
public record Feature(
        String name,
        String from,
        Transform transform,
        @Nullable Literal fallback,
        @Nullable Clip clip,
        List<String> values,
        @Nullable String value) {
    /** The source of features that describe the candidate and not the visitor. */
    public static final String OFFER_CATEGORY = "offer.category";

    /** Both bounds inclusive. */
    public record Clip(double low, double high) {}

    public Feature {
        values = List.copyOf(values);
    }
}
