package io.meridian.edge.core.bundle;

import io.meridian.edge.core.scoring.FeatureLayout;
import io.meridian.edge.core.scoring.Pace;
import io.meridian.edge.core.scoring.Scorer;

/**
 * A model that looks at visitor and offer: propensities.
 *
 * @param name of the model
 * @param confidenceThreshold an answer whose best propensity is below it is not used to rank
 * @param pace how long its runs take
 */
public record CandidateModel(
        String name, String version, double confidenceThreshold, FeatureLayout features, Scorer scorer, Pace pace) {}
