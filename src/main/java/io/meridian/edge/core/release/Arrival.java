package io.meridian.edge.core.release;

/** How a bundle comes to an edge. */
public enum Arrival {
    /** Somebody sent it, knowing what is active here. */
    PUSHED,
    /** Fetched from a place that offers one bundle to many edges, whatever is active on each. */
    PULLED
}
