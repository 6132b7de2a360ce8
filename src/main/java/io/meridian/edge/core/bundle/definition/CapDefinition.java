package io.meridian.edge.core.bundle.definition;

import io.meridian.edge.core.frequency.FrequencyCap;
import org.jspecify.annotations.Nullable;

/**
 * A frequency cap, or what a layer changes in one. What is null was not said, or could not be read.
 *
 * @param limit 1 to {@link io.meridian.edge.core.model.Exposures#MAX_TIMES}
 * @param windowSeconds 60 to {@link FrequencyCap#MAX_WINDOW_SECONDS}
 * @param per what it counts together
 * @param strict true if the offer is out when the counters are not known
 * @param readable false if something of it could not be read: then nothing can be said of where it may stand
 */
public record CapDefinition(
        Located<String> id,
        @Nullable Located<Integer> limit,
        @Nullable Located<Integer> windowSeconds,
        @Nullable Located<FrequencyCap.Per> per,
        @Nullable Located<Boolean> strict,
        boolean readable) {}
