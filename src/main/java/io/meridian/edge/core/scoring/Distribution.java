package io.meridian.edge.core.scoring;

import java.util.List;

/**
 * How a feature (after its transform) or a score was distributed over the training rows: the reference that drift is measured
 * against.
 *
 * <p>Bin {@code i} holds the values {@code v} with {@code bounds[i-1] < v <= bounds[i]}; the first and the last bin are open.
 *
 * @param name the feature's name, or the score's
 * @param bounds ascending, at least one
 * @param shares one more than bounds; each 0..1, together about 1
 */
public record Distribution(String name, List<Double> bounds, List<Double> shares) {
    public Distribution {
        bounds = List.copyOf(bounds);
        shares = List.copyOf(shares);
        if (bounds.isEmpty() || shares.size() != bounds.size() + 1) {
            throw new IllegalArgumentException("a distribution needs bounds, and one share more than bounds");
        }
        for (int i = 1; i < bounds.size(); i++) {
            if (!(bounds.get(i - 1) < bounds.get(i))) {
                throw new IllegalArgumentException("bounds must ascend");
            }
        }
    }
}
