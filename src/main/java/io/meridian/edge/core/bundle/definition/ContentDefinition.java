package io.meridian.edge.core.bundle.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What offers look like in one language.
 *
 * @param language lower-case BCP 47 language; null for the first language of the market it belongs to
 */
public record ContentDefinition(@Nullable String language, List<OfferContent> offers) {
    /**
     * @param standard a JSON object in UTF-8; null if the offer has content per variant only
     * @param variants what differs, already merged over the standard
     */
    public record OfferContent(Located<String> offer, byte @Nullable [] standard, List<VariantContent> variants) {}

    /** @param json a JSON object in UTF-8 */
    public record VariantContent(Located<String> variant, byte[] json) {}
}
