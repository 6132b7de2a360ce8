package io.meridian.edge.core.bundle.definition;

import io.meridian.edge.core.eligibility.Segment;
import org.jspecify.annotations.Nullable;

/**
 * A group of visitors.
 *
 * @param kind what it is made from
 * @param group of several matching segments of a group only the one of highest priority applies
 * @param priority differs within the group; null if it could not be read
 * @param when who belongs to it; null if it could not be read
 */
public record SegmentDefinition(
        Located<String> id,
        Segment.Kind kind,
        Located<String> group,
        @Nullable Located<Integer> priority,
        @Nullable ConditionText when) {}
