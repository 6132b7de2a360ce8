package io.meridian.edge.core.calendar;

/**
 * A time of every day. One that ends before it starts goes on past midnight.
 *
 * @param name what it is called
 * @param from minute of the day it starts, 0 to 1439
 * @param until minute of the day it ends, exclusive; differs from {@code from}
 */
public record Span(String name, int from, int until) {
    boolean contains(int minute) {
        return from < until ? minute >= from && minute < until : minute >= from || minute < until;
    }

    /** True if some minute of the day belongs to both. */
    public boolean overlaps(Span other) {
        return contains(other.from) || other.contains(from);
    }
}
