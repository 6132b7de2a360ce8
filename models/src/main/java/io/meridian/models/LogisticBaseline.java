package io.meridian.models;

import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Logistic regression (Tribuo, stochastic gradient descent) on the same features, standardised: what the trees must beat to be
 * worth their cost.
 */
final class LogisticBaseline {
    private static final LabelFactory LABELS = new LabelFactory();
    private static final Label ONE = new Label("1");
    private static final Label ZERO = new Label("0");
    private static final int EPOCHS = 5;
    private static final int BATCH = 64;
    /** Kept in a field, since loggers are only weakly held. */
    private static final Logger PROGRESS = Logger.getLogger("org.tribuo");

    static {
        PROGRESS.setLevel(Level.WARNING);
    }

    private final Model<Label> model;
    private final String[] names;
    private final double[] means;
    private final double[] scales;

    private LogisticBaseline(Model<Label> model, String[] names, double[] means, double[] scales) {
        this.model = model;
        this.names = names;
        this.means = means;
        this.scales = scales;
    }

    static LogisticBaseline train(float[] features, float[] labels, int width) {
        String[] names = new String[width];
        double[] means = new double[width];
        double[] scales = new double[width];
        for (int column = 0; column < width; column++) {
            names[column] = "f" + (1000 + column);
            standardise(features, labels.length, width, column, means, scales);
        }
        MutableDataset<Label> rows = new MutableDataset<>(new SimpleDataSourceProvenance("rows", LABELS), LABELS);
        for (int row = 0; row < labels.length; row++) {
            double[] values = standardised(features, row, names, means, scales);
            rows.add(new ArrayExample<>(labels[row] == 1 ? ONE : ZERO, names, values));
        }
        LinearSGDTrainer trainer =
                new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(.05, .1), EPOCHS, -1, BATCH, 7L);
        return new LogisticBaseline(trainer.train(rows), names, means, scales);
    }

    double[] predict(float[] features, int rows) {
        double[] probabilities = new double[rows];
        for (int row = 0; row < rows; row++) {
            Example<Label> example = new ArrayExample<>(
                    LabelFactory.UNKNOWN_LABEL, names, standardised(features, row, names, means, scales));
            Map<String, Label> scores = new HashMap<>(model.predict(example).getOutputScores());
            probabilities[row] = scores.get(ONE.getLabel()).getScore();
        }
        return probabilities;
    }

    private static void standardise(
            float[] features, int rows, int width, int column, double[] means, double[] scales) {
        double sum = 0;
        double squares = 0;
        for (int row = 0; row < rows; row++) {
            double value = features[row * width + column];
            sum += value;
            squares += value * value;
        }
        means[column] = sum / rows;
        double deviation = Math.sqrt(Math.max(0, squares / rows - means[column] * means[column]));
        scales[column] = deviation > 1e-9 ? 1 / deviation : 0;
    }

    private static double[] standardised(float[] features, int row, String[] names, double[] means, double[] scales) {
        double[] values = new double[names.length];
        for (int column = 0; column < names.length; column++) {
            values[column] = (features[row * names.length + column] - means[column]) * scales[column];
        }
        return values;
    }
}
