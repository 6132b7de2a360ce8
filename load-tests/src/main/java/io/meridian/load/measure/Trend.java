package io.meridian.load.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a number grows over time: the median of the slopes between all pairs of samples, which single outliers do not move (Theil 1950,
 * Sen 1968).
 */
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
     * Growth per hour.
     *
     * @param skipSeconds samples of so long after the first are left out
     * @return 0 with fewer than two samples
     */
    public double perHour(double skipSeconds) {
        List<Point> used = points.stream()
                .filter(point -> point.seconds() >= points.get(0).seconds() + skipSeconds)
                .toList();
        double[] slopes = new double[used.size() * (used.size() - 1) / 2];
        int count = 0;
        for (int i = 0; i < used.size(); i++) {
            for (int j = i + 1; j < used.size(); j++) {
                double apart = used.get(j).seconds() - used.get(i).seconds();
                if (apart > 0) {
                    slopes[count++] = (used.get(j).value() - used.get(i).value()) / apart;
                }
            }
        }
        if (count == 0) {
            return 0;
        }
        Arrays.sort(slopes, 0, count);
        double median = (slopes[(count - 1) / 2] + slopes[count / 2]) / 2;
        return median * HOUR;
    }
}
