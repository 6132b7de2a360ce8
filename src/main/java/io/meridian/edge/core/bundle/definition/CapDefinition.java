package io.meridian.edge.core.bundle.definition;

import io.meridian.edge.core.frequency.FrequencyCap;

/**
 * A frequency cap.
 *
 * @param readable false if what it counts together could not be read: then nothing can be said of where it may stand
 */
public record CapDefinition(Located<String> id, FrequencyCap cap, boolean readable) {}
