package io.meridian.models;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;

/** Gradient boosting by LightGBM. The same rows, parameters and seed give the same model on the same kind of CPU. */
final class Boosting implements AutoCloseable {
    private static final String ALWAYS =
            " deterministic=true force_row_wise=true num_threads=2 seed=7 verbosity=-1 metric=binary_logloss";

    /** LightGBM numbers the training rows 0 and the data sets added after them from 1. */
    private static final int VALIDATION = 1;

    private final LGBMBooster booster;
    private final int width;
    private final String text;

    private Boosting(String text, int width) throws LGBMException {
        this.text = text;
        this.width = width;
        this.booster = LGBMBooster.loadModelFromString(text);
    }

    /**
     * Trains up to {@code maxTrees} trees and keeps as many as gave the smallest log loss on the validation rows.
     *
     * @param features row after row
     * @param labels 0 or 1
     */
    static Boosting train(
            float[] features,
            float[] labels,
            float[] validationFeatures,
            float[] validationLabels,
            int width,
            String parameters,
            int maxTrees) {
        String all = parameters + ALWAYS;
        try (LGBMDataset rows = LGBMDataset.createFromMat(features, labels.length, width, true, all, null);
                LGBMDataset validation = LGBMDataset.createFromMat(
                        validationFeatures, validationLabels.length, width, true, all, rows)) {
            rows.setField("label", labels);
            validation.setField("label", validationLabels);
            try (LGBMBooster growing = LGBMBooster.create(rows, all)) {
                growing.addValidData(validation);
                int best = 0;
                double bestLoss = Double.POSITIVE_INFINITY;
                for (int tree = 1; tree <= maxTrees && !growing.updateOneIter(); tree++) {
                    double loss = growing.getEval(VALIDATION)[0];
                    if (loss < bestLoss) {
                        best = tree;
                        bestLoss = loss;
                    }
                }
                return new Boosting(growing.saveModelToString(0, best, LGBMBooster.FeatureImportanceType.GAIN), width);
            }
        } catch (LGBMException failed) {
            throw new IllegalStateException("LightGBM: " + failed.getMessage(), failed);
        }
    }

    /** LightGBM's own text form of the model. */
    String text() {
        return text;
    }

    /** LightGBM's own probabilities, in double precision. */
    double[] predict(float[] features, int rows) {
        try {
            return booster.predictForMat(features, rows, width, true, PredictionType.C_API_PREDICT_NORMAL);
        } catch (LGBMException failed) {
            throw new IllegalStateException("LightGBM: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        try {
            booster.close();
        } catch (LGBMException failed) {
            throw new IllegalStateException("LightGBM: " + failed.getMessage(), failed);
        }
    }
}
