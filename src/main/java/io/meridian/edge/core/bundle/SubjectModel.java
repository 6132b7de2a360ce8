package io.meridian.edge.core.bundle;

import io.meridian.edge.core.scoring.FeatureLayout;
import io.meridian.edge.core.scoring.Pace;
import io.meridian.edge.core.scoring.Scorer;

/**
 * A model that looks at the visitor alone.
 *
 * @param name of the model, for example {@code churn-risk}
 * @param slot the fact it becomes, for example {@code score.churn_risk}
 * @param purposes what its card allows the score to be used for, a mask of {@link
 *     io.meridian.edge.core.model.Purpose#bit()}: for any other purpose the score has to stay unknown
 * @param pace how long its runs take
 */
public record SubjectModel(
        String name, String version, int slot, int purposes, FeatureLayout features, Scorer scorer, Pace pace) {}
