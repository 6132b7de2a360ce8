package io.meridian.edge.core.eligibility;

/**
 * A named part of the visitors.
 *
 * @param id stable name, readable in conditions as {@code segment.<id>}
 * @param group segments of one group exclude each other; alone in its group if the group is of its own
 * @param priority within the group the matching segment of highest priority applies; priorities of a group differ
 * @param conditionIndex when a visitor belongs; reads no segments
 * @param slot where {@code segment.<id>} (BOOL) stands
 */
public record Segment(String id, Kind kind, String group, int priority, int conditionIndex, int slot) {
    /** What a segment is made from. */
    public enum Kind {
        /** Recency, frequency and monetary value of purchases. */
        RFM,
        /** Where in their time with us visitors stand. */
        LIFECYCLE,
        /** What visitors do. */
        BEHAVIOUR,
        /** What a model expects of them. */
        PREDICTIVE
    }
}
