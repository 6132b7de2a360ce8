package io.meridian.edge.core.model;

/**
 * A place to fill.
 *
 * @param id the placement's id in the bundle
 * @param count how many items are wanted, 1 to {@value #MAX_COUNT}
 */
public record PlacementRequest(String id, int count) {
    /** The most items one placement gives. */
    public static final int MAX_COUNT = 20;

    /** The most placements one request may ask for. */
    public static final int MAX_PLACEMENTS = 50;
}
