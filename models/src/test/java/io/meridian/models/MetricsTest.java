package io.meridian.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void aucCountsPairsAndHalvesTies() {
        double[] scores = {.1, .4, .4, .8};
        assertEquals(1, Metrics.of(scores, new float[] {0, 0, 0, 1}).auc());
        assertEquals(0, Metrics.of(scores, new float[] {1, 0, 0, 0}).auc());
        // Pairs of one and zero: .4 against .1 right, .4 against .4 a tie, .8 against both right.
        assertEquals(3.5 / 4, Metrics.of(scores, new float[] {0, 1, 0, 1}).auc(), 1e-12);
        assertEquals(
                .5, Metrics.of(new double[] {.3, .3, .3}, new float[] {0, 1, 0}).auc(), 1e-12);
    }

    @Test
    void lossesOfAKnownCase() {
        Metrics metrics = Metrics.of(new double[] {.5, .25}, new float[] {1, 0});
        assertEquals((Math.log(2) - Math.log(.75)) / 2, metrics.logLoss(), 1e-12);
        assertEquals((.25 + .0625) / 2, metrics.brier(), 1e-12);
    }

    @Test
    void trueProbabilitiesAreCalibratedAndHalvedOnesAreNot() {
        Random random = new Random(3);
        double[] truth = new double[100_000];
        double[] halved = new double[truth.length];
        float[] labels = new float[truth.length];
        double mean = 0;
        for (int i = 0; i < truth.length; i++) {
            truth[i] = random.nextDouble() * random.nextDouble();
            halved[i] = truth[i] / 2;
            labels[i] = random.nextDouble() < truth[i] ? 1 : 0;
            mean += truth[i] / truth.length;
        }
        assertEquals(0, Metrics.of(truth, labels).calibrationError(), .005);
        assertEquals(mean / 2, Metrics.of(halved, labels).calibrationError(), .005);
    }
}
