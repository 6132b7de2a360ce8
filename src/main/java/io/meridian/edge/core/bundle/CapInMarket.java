package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.CapDefinition;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.frequency.FrequencyCap;
import java.util.List;

/** A frequency cap as a market has it. */
record CapInMarket(CapDefinition definition, Layered<Integer> limit, Layered<Integer> windowSeconds) {
    /** What could not be read was reported; a number keeps the compilation going. */
    static CapInMarket of(CapDefinition cap, List<Overrides> layers) {
        Layered<Integer> limit = Layered.host(1).under(cap.limit());
        Layered<Integer> window = Layered.host(60).under(cap.windowSeconds());
        for (Overrides layer : layers) {
            CapDefinition change = layer.cap(cap.id().value());
            if (change != null && !change.equals(cap)) {
                limit = limit.under(change.limit());
                window = window.under(change.windowSeconds());
            }
        }
        return new CapInMarket(cap, limit, window);
    }

    FrequencyCap cap() {
        Located<FrequencyCap.Per> per = definition.per();
        return new FrequencyCap(
                definition.id().value(),
                limit.value(),
                windowSeconds.value(),
                per == null ? FrequencyCap.Per.OFFER : per.value(),
                definition.strict() != null && definition.strict().value());
    }
}
