package io.meridian.edge.core;

import io.meridian.edge.core.bundle.PlacementPlan;
import io.meridian.edge.core.consent.Grant;
import io.meridian.edge.core.log.DecisionRecord;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Decision.Cache;
import io.meridian.edge.core.model.Decision.PlacementDecision;
import io.meridian.edge.core.model.Purpose;
import java.util.ArrayList;
import java.util.List;

/** From what was decided to what is said. */
final class Answers {
    private Answers() {}

    static Decision decision(Workspace work, List<PlacementDecision> placements) {
        return new Decision(
                work.moment().decisionId(),
                work.request().requestId(),
                work.bundle.region().id(),
                work.bundle.revision(),
                work.bundle.digest(),
                work.market().id(),
                privacy(work, placements),
                placements,
                work.degraded,
                cache(work, placements),
                work.stages);
    }

    private static Decision.Privacy privacy(Workspace work, List<PlacementDecision> placements) {
        Grant grant = work.grant();
        int granted = grant.grantedPurposes();
        List<Decision.Denial> denied = new ArrayList<>(Purpose.count());
        for (int i = 0; i < Purpose.count(); i++) {
            Purpose purpose = Purpose.at(i);
            String because = purpose.in(granted) ? null : grant.because(purpose);
            if (because != null) {
                denied.add(new Decision.Denial(purpose, because));
            }
        }
        boolean personalised = false;
        for (int i = 0; i < placements.size(); i++) {
            personalised |= work.personal[work.lensOf(i)] && work.plans[i].dataClasses() != 0;
        }
        return new Decision.Privacy(grant.jurisdiction().id(), personalised, granted, denied);
    }

    /** Shared only if nobody was named, nothing is less than it could be, and nothing was drawn. */
    private static Cache cache(Workspace work, List<PlacementDecision> placements) {
        if (!work.request().subjects().isEmpty() || work.degraded != 0 || placements.size() != 1) {
            return Cache.PRIVATE;
        }
        if (placements.get(0).drawn()) {
            return Cache.PRIVATE;
        }
        PlacementPlan plan = work.plans[0];
        return new Cache(true, nextEdge(work, plan), plan.contextFields());
    }

    /** When the answer may become another by itself: by a schedule, or by the market's calendar. */
    private static long nextEdge(Workspace work, PlacementPlan plan) {
        String channel = work.request().context().channel();
        List<String> channels = channel == null ? plan.channels() : List.of(channel);
        long calendar = work.market().calendar().nextEdge(work.now(), plan.calendarFacts(), channels);
        return Math.min(calendar, plan.nextScheduleEdge(work.now()));
    }

    static DecisionRecord record(Workspace work, Decision decision, long micros) {
        boolean subject = !work.request().subjects().isEmpty();
        return new DecisionRecord(work.now(), decision, declaredChannel(work), subject, micros);
    }

    /** The request's channel if it is one of ours: what a caller wrote freely stays out of records. */
    private static String declaredChannel(Workspace work) {
        String channel = work.request().context().channel();
        for (int i = 0; channel != null && i < work.placements; i++) {
            if (work.plans[i].channels().contains(channel)) {
                return channel;
            }
        }
        return "";
    }
}
