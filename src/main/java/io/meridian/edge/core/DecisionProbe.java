package io.meridian.edge.core;

import io.meridian.edge.core.bundle.PlacementPlan;
import io.meridian.edge.core.model.Facts;

/** Port: watches how decisions come about, for trying out rules before they are live. No service has one. */
public interface DecisionProbe {
    /**
     * The candidates of one placement were held against what is known. Of a placement whose purpose is not granted none are.
     *
     * @param facts what the placement's purpose shows of the visitor, segments and forecasts included; valid during the call only
     */
    void sifted(PlacementPlan plan, Facts facts);
}
