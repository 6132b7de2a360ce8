package io.meridian.edge.core.calendar;

/**
 * Days one after another.
 *
 * @param name what they are called
 * @param from the first, as days since 1970-01-01
 * @param to the last, included
 */
public record Days(String name, long from, long to) {
    boolean contains(long day) {
        return day >= from && day <= to;
    }
}
