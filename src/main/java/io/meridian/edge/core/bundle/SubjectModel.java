package io.meridian.edge.core.bundle;

import io.meridian.edge.core.scoring.FeatureLayout;
import io.meridian.edge.core.scoring.Scorer;

/**
 * A model that looks at the visitor alone.
 *
 * @param name of the model, for example {@code churn-risk}
 * @param slot the fact it becomes, for example {@code score.churn_risk}
 */
public record SubjectModel(String name, String version, int slot, FeatureLayout features, Scorer scorer) {}
