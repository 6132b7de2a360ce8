package io.meridian.edge.core.calendar;

import java.util.List;

/** When placements of some channels stay silent. */
public record Quiet(Span span, List<String> channels) {}
