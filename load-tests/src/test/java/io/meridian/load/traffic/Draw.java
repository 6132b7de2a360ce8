package io.meridian.load.traffic;

import java.util.List;
import java.util.SplittableRandom;

/** A weighted choice. */
final class Draw<T> {
    private final List<T> values;
    private final double[] upTo;

    /**
     * @param weights of the values, in their order; none negative, at least one positive
     */
    Draw(List<T> values, List<Double> weights) {
        this.values = List.copyOf(values);
        this.upTo = new double[values.size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += weights.get(i);
            upTo[i] = sum;
        }
        if (sum <= 0) {
            throw new Refused("no weight is positive");
        }
    }

    T from(SplittableRandom random) {
        double drawn = random.nextDouble() * upTo[upTo.length - 1];
        int i = 0;
        while (drawn >= upTo[i]) {
            i++;
        }
        return values.get(i);
    }
}
