package io.meridian.edge.core.calendar;

/**
 * A moment as a market's calendar shows it.
 *
 * @param dayPart name of the day part, empty between them
 * @param weekday {@code monday} to {@code sunday}
 * @param hour 0 to 23
 * @param holiday its name, empty on other days
 * @param from epoch milliseconds since when all of this is so
 * @param until epoch milliseconds until which it stays so, exclusive
 */
public record LocalMoment(String dayPart, String weekday, int hour, String holiday, long from, long until) {
    boolean covers(long epochMillis) {
        return epochMillis >= from && epochMillis < until;
    }
}
