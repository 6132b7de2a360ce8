package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import org.jspecify.annotations.Nullable;

/** Which offers a suppression is about. */
final class Suppressions {
    private Suppressions() {}

    /** The id, category or tag by which a suppression names an offer; null if it does not. */
    static @Nullable Located<String> aim(SuppressionDefinition suppression, OfferDefinition offer) {
        for (Located<String> id : suppression.offers()) {
            if (id.value().equals(offer.id().value())) {
                return id;
            }
        }
        for (Located<String> category : suppression.categories()) {
            if (offer.category() != null
                    && category.value().equals(offer.category().value())) {
                return category;
            }
        }
        for (Located<String> tag : suppression.tags()) {
            if (offer.tags().stream().anyMatch(own -> own.value().equals(tag.value()))) {
                return tag;
            }
        }
        return null;
    }
}
