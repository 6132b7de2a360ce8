package io.meridian.models;

import java.util.Arrays;
import java.util.Comparator;

/**
 * How good probabilities are.
 *
 * @param auc the chance that a random row with a 1 scores above a random row with a 0 (ties count half); order only
 * @param logLoss mean negative log-likelihood, natural logarithm; lower is better
 * @param brier mean squared difference to the outcome; lower is better
 * @param calibrationError over ten bins of equally many rows: mean difference between predicted and observed share
 */
record Metrics(double auc, double logLoss, double brier, double calibrationError) {
    private static final int CALIBRATION_BINS = 10;

    static Metrics of(double[] probabilities, float[] labels) {
        Integer[] order = order(probabilities);
        return new Metrics(
                auc(probabilities, labels, order),
                logLoss(probabilities, labels),
                brier(probabilities, labels),
                calibrationError(probabilities, labels, order));
    }

    static double logLoss(double[] probabilities, float[] labels) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double probability = Math.min(1 - 1e-15, Math.max(1e-15, probabilities[i]));
            sum -= labels[i] == 1 ? StrictMath.log(probability) : StrictMath.log1p(-probability);
        }
        return sum / labels.length;
    }

    private static double brier(double[] probabilities, float[] labels) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            sum += (probabilities[i] - labels[i]) * (probabilities[i] - labels[i]);
        }
        return sum / labels.length;
    }

    /** Mann and Whitney's statistic: from the sum of the ranks of the ones, ties sharing their mean rank. */
    private static double auc(double[] probabilities, float[] labels, Integer[] order) {
        double rankSum = 0;
        double ones = 0;
        for (int i = 0; i < order.length; ) {
            int end = i;
            double onesHere = 0;
            while (end < order.length && probabilities[order[end]] == probabilities[order[i]]) {
                onesHere += labels[order[end++]];
            }
            rankSum += onesHere * (i + 1 + end) / 2.0;
            ones += onesHere;
            i = end;
        }
        return (rankSum - ones * (ones + 1) / 2) / (ones * (order.length - ones));
    }

    private static double calibrationError(double[] probabilities, float[] labels, Integer[] order) {
        double error = 0;
        for (int bin = 0; bin < CALIBRATION_BINS; bin++) {
            int from = (int) ((long) order.length * bin / CALIBRATION_BINS);
            int to = (int) ((long) order.length * (bin + 1) / CALIBRATION_BINS);
            double difference = 0;
            for (int i = from; i < to; i++) {
                difference += probabilities[order[i]] - labels[order[i]];
            }
            error += Math.abs(difference);
        }
        return error / order.length;
    }

    private static Integer[] order(double[] probabilities) {
        Integer[] order = new Integer[probabilities.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i]));
        return order;
    }
}
