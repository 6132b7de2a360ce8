package io.meridian.edge.cli.lab;

import io.meridian.edge.adapter.redis.MemoryProfileStore;
import io.meridian.edge.core.DecisionPipeline;
import io.meridian.edge.core.DecisionProbe;
import io.meridian.edge.core.Moment;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.model.Answer;
import io.meridian.edge.core.scoring.ModelCatalog;
import io.meridian.edge.core.scoring.ScoringException;
import java.time.Instant;

/**
 * A region that decides without a service and without Redis. The same visit always gets the same answer: nothing here looks at a clock.
 * Confined to one thread.
 */
public final class OfflineRegion implements AutoCloseable {
    /** Every decision's id: none is ever the subject of an event. */
    private static final String DECISION_ID = "00000000-0000-7000-8000-000000000000";

    private static final DecisionProbe NOBODY = (plan, facts) -> {};

    private final Bundle bundle;
    private final ModelCatalog models;
    private final MemoryProfileStore store;
    private final DecisionPipeline pipeline;
    private DecisionProbe probe = NOBODY;

    OfflineRegion(Bundle bundle, ModelCatalog models) {
        this.bundle = bundle;
        this.models = models;
        this.store = new MemoryProfileStore(bundle.contract());
        ActiveBundle active = new ActiveBundle();
        active.activate(bundle, Instant.EPOCH, "");
        this.pipeline = new DecisionPipeline(
                active, store, OfflineRegion::refuseDefects, (plan, facts) -> probe.sifted(plan, facts));
    }

    public Bundle bundle() {
        return bundle;
    }

    /** Decides. */
    public Answer decide(Visit visit) {
        return decide(visit, NOBODY);
    }

    /** Decides, with somebody watching. */
    public Answer decide(Visit visit, DecisionProbe watching) {
        probe = watching;
        store.hold(visit.profile(), visit.stored(), visit.impressions());
        Answer[] given = new Answer[1];
        pipeline.decide(visit.request(), new Moment(visit.at(), DECISION_ID), answer -> given[0] = answer);
        store.answer();
        return given[0];
    }

    @Override
    public void close() {
        models.close();
    }

    /** A model that fails is told of in the answer; anything else is a defect of ours and must not look like an answer. */
    private static void refuseDefects(Exception failure) {
        if (!(failure instanceof ScoringException)) {
            throw new IllegalStateException("a decision failed", failure);
        }
    }
}
