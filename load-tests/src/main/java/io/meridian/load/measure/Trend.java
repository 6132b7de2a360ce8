package io.meridian.load.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Whether a number grows over time. Single outliers do not move the answer, and a step counts as much as a slope. */
public final class Trend {
    private static final double HOUR = 3600;

    private record Point(double seconds, double value) {}

    private final List<Point> points = new ArrayList<>();

    /** Adds a sample taken at that time. */
    public void add(double seconds, double value) {
        points.add(new Point(seconds, value));
    }

    public int size() {
        return points.size();
    }

    /** The first value; 0 without samples. */
    public double first() {
        return points.isEmpty() ? 0 : points.get(0).value();
    }

    /** The last value; 0 without samples. */
    public double last() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1).value();
    }

    /**
     * Growth per hour: from the median of the first third of the samples to that of the last.
     *
     * @param skipSeconds samples of so long after the first are left out
     * @return 0 with fewer than three samples
     */
    public double perHour(double skipSeconds) {
        List<Point> used = points.stream()
                .filter(point -> point.seconds() >= points.get(0).seconds() + skipSeconds)
                .toList();
        int third = used.size() / 3;
        if (third == 0) {
            return 0;
        }
        List<Point> early = used.subList(0, third);
        List<Point> late = used.subList(used.size() - third, used.size());
        double apart = median(late, Point::seconds) - median(early, Point::seconds);
        return (median(late, Point::value) - median(early, Point::value)) / apart * HOUR;
    }

    private static double median(List<Point> of, ToDoubleFunction<Point> part) {
        double[] sorted = of.stream().mapToDouble(part).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Every sample in a line of its own: the name, seconds since the first sample, the value. */
    public String lines(String name) {
        StringBuilder lines = new StringBuilder();
        for (Point point : points) {
            lines.append(String.format(
                    Locale.ROOT,
                    "%s,%.0f,%.3f%n",
                    name,
                    point.seconds() - points.get(0).seconds(),
                    point.value()));
        }
        return lines.toString();
    }
}
